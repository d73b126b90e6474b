using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Teams;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.ProposeTeams;

/// <summary>Asks for a proposal; a job works on it. The answer is the job's id.</summary>
internal sealed class ProposeTeams(TongxinDb db, IJobs jobs, ReadGrid read, ITeams teams, TimeProvider clock)
{
    public const string JobKind = "grid.propose-teams";

    public async Task<Result<Guid>> ExecuteAsync(ProposalRequest request, string title, Actor actor, CancellationToken ct)
    {
        if (request.TeamName.Trim().Length is 0 or > ProposalRequest.MostTeamName) return ProposalErrors.TeamName(ProposalRequest.MostTeamName);
        // What makes no sense is said at once, not by a job that fails: a search without steps takes milliseconds.
        var picture = await read.ExecuteAsync(actor, GridPermissions.EditCells, ct);
        var asked = ProposalGround.ToRequest(request, picture, await read.DoorsAsync(picture, null, ct), await teams.FreeVolunteersAsync(ct));
        var trial = TeamsPlanner.Propose(asked with { Steps = 0, Volunteers = [] }, ct);
        if (trial.IsFailure) return trial.Error;

        var proposal = TeamProposal.Ask(JsonSerializer.Serialize(request with { TeamName = request.TeamName.Trim() }, JsonSerializerOptions.Web), actor.AccountId, clock.GetUtcNow());
        db.Add(proposal);
        var job = jobs.Start(JobKind, title, new ProposeJob(proposal.Id), actor);
        proposal.WorkedOnBy(job);
        db.Record(actor, "grid.proposal.asked", "proposal", proposal.Id, details: new { asked.TeamCount, units = asked.Units.Count, helpers = asked.Volunteers.Count });
        await db.CommitAsync(ct);
        return job;
    }
}

internal sealed record ProposeJob(Guid ProposalId);

/// <summary>Works a proposal out. Doing it twice gives the same answer.</summary>
internal sealed class ProposeTeamsJob(TongxinDb db, ReadGrid read, ITeams teams) : IJobHandler
{
    public string Kind => ProposeTeams.JobKind;

    public bool CanRunAgain => true;

    public async Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct)
    {
        var id = (JsonSerializer.Deserialize<ProposeJob>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No proposal.")).ProposalId;
        var proposal = await db.Set<TeamProposal>().SingleAsync(p => p.Id == id, ct);
        context.Href = $"/grid/propose/{id}";
        if (proposal.State != ProposalState.Solving) return Result.Ok;
        await context.ReportAsync(1, 3, null, ct);

        var request = Proposals.RequestOf(proposal);
        var picture = await read.ExecuteAsync(context.Actor, GridPermissions.EditCells, ct);
        var doors = await read.DoorsAsync(picture, null, ct);
        var free = await teams.FreeVolunteersAsync(ct);
        await context.ReportAsync(2, 3, null, ct);
        var answer = TeamsPlanner.Propose(ProposalGround.ToRequest(request, picture, doors, free), ct);
        if (answer.IsFailure) proposal.Fail();
        else proposal.Propose(ProposalDocument.From(answer.Value).ToJson(), ProposalGround.Fingerprint(request, picture, doors));
        db.Record(context.Actor, answer.IsFailure ? "grid.proposal.failed" : "grid.proposal.made", "proposal", id);
        await db.CommitAsync(ct);
        return answer.IsFailure ? answer.Error : Result.Ok;
    }
}

/// <summary>Finding proposals; a draft to be changed is refused when it is not the one that was shown.</summary>
internal static class Proposals
{
    public static ProposalRequest RequestOf(TeamProposal proposal) =>
        JsonSerializer.Deserialize<ProposalRequest>(proposal.Request, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No request.");

    /// <summary>A proposal belongs to whoever may change all its entrances; for everybody else it is not there.</summary>
    public static bool IsFor(TeamProposal proposal, GridPicture picture, Actor actor)
    {
        if (actor.ScopeOf(GridPermissions.EditCells).Everything || proposal.CreatedBy == actor.AccountId) return true;
        return proposal.Answer is { } answer && ProposalDocument.Read(answer).Teams.SelectMany(t => t.Cell).All(c => picture.UnitsById.ContainsKey(c.UnitId));
    }

    public static async Task<Result<TeamProposal>> DraftAsync(TongxinDb db, Guid id, int seen, GridPicture picture, Actor actor, CancellationToken ct)
    {
        var proposal = await db.Set<TeamProposal>().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (proposal is null || !IsFor(proposal, picture, actor)) return ProposalErrors.Unknown();
        if (proposal.State != ProposalState.Draft) return ProposalErrors.NotADraft();
        return proposal.Version == seen ? proposal : ProposalErrors.Changed();
    }
}
