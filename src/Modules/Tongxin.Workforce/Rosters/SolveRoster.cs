using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rostering;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Wishes;

namespace Tongxin.Workforce.Rosters;

/// <summary>Asks for a solve of a draft; a job works on it. The answer is the job's id.</summary>
internal sealed class SolveRoster(TongxinDb db, ReadGround read, IJobs jobs, TimeProvider clock)
{
    public const string JobKind = "workforce.solve-roster";

    public async Task<Result<Guid>> ExecuteAsync(Guid id, string title, Actor actor, CancellationToken ct)
    {
        var found = await EditRoster.DraftAsync(db, read, id, actor, ct);
        if (found.IsFailure) return found.Error;
        var (row, ground) = found.Value;
        if (await EditRoster.IsSolvingAsync(row, jobs, actor, ct)) return RosterErrors.Solving;
        if (ground.Members.Count == 0) return RosterErrors.PeopleMissing;
        var job = jobs.Start(JobKind, title, new SolveJob(id), actor);
        row.WorkedOnBy(job);
        await AskWishes.CloseAsync(db, row.SeriesId, clock.GetUtcNow(), ct);
        db.Record(actor, "workforce.roster.solve-asked", "roster", id);
        var done = await EditRoster.CommitAsync(db, ct);
        return done.IsFailure ? done.Error : job;
    }
}

internal sealed record SolveJob(Guid RosterId);

/// <summary>Solves a draft outside any transaction, tells how it goes every second, and writes the best roster found, also when stopped.</summary>
internal sealed class SolveRosterJob(TongxinDb db, ReadGround read, TimeProvider clock) : IJobHandler
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public string Kind => SolveRoster.JobKind;

    public bool CanRunAgain => true;

    public async Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct)
    {
        var id = (JsonSerializer.Deserialize<SolveJob>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No roster.")).RosterId;
        context.Href = $"/rosters/{id}";
        var ground = await read.FindAsync(id, context.Actor, RosterPermissions.EditRosters, ct);
        if (ground is null) return RosterErrors.NotFound;
        if (!ground.IsDraft) return RosterErrors.NotDraft;

        var settings = ground.Settings;
        var solving = Task.Run(() => RosterSolver.Solve(ground.Problem, settings.Options with { Clock = clock }, ct), CancellationToken.None);
        var stopped = await FollowAsync(context, solving, settings.Options.Time, ct);
        var result = await solving;
        if (result.IsFailure) return result.Error;

        // What was found by then is kept, also after a stop.
        var written = await WriteAsync(ground, result.Value, context.Actor, CancellationToken.None);
        if (stopped && !written.IsFailure) ct.ThrowIfCancellationRequested();
        return written;
    }

    /// <summary>True when the owner stopped it.</summary>
    private static async Task<bool> FollowAsync(JobContext context, Task solving, TimeSpan time, CancellationToken ct)
    {
        var total = (long)time.TotalSeconds;
        try
        {
            for (var seconds = 0L; !solving.IsCompleted; seconds++)
            {
                await context.ReportAsync(Math.Min(seconds, total), total, null, ct);
                await Task.WhenAny(solving, Task.Delay(Beat, CancellationToken.None));
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return true;
        }
        return ct.IsCancellationRequested;
    }

    private async Task<Result> WriteAsync(Ground ground, RosterResult result, Actor actor, CancellationToken ct)
    {
        var id = ground.Roster.Id;
        var row = await db.Set<Roster>().SingleAsync(r => r.Id == id, ct);
        // Changed by hand meanwhile: that work is not thrown away.
        if (row.Version != ground.Roster.Version || row.State != RosterState.Draft) return RosterErrors.Changed;
        var turns = await db.Set<Turn>().Where(t => t.RosterId == id && !t.IsReserve).ToListAsync(ct);
        var wanted = result.Assignments.Select(a => (a.DutyId, a.PersonId)).ToHashSet();
        var known = turns.Select(t => (t.DutyId, t.PersonId)).ToHashSet();
        db.RemoveRange(turns.Where(t => !wanted.Contains((t.DutyId, t.PersonId))));
        db.AddRange(wanted.Where(w => !known.Contains(w)).Select(w => Turn.Draft(id, w.DutyId, w.PersonId)));
        row.Solved(RosterJson.Write(Summary(ground, result)), clock.GetUtcNow());
        db.Record(actor, "workforce.roster.solved", "roster", id, details: new { turns = wanted.Count, gaps = result.Gaps.Count, stopped = result.WasCancelled });
        return await EditRoster.CommitAsync(db, ct);
    }

    private static SolveSummary Summary(Ground ground, RosterResult result) => new(
        result.Steps, result.LastImprovement.TotalSeconds, result.WasCancelled, result.LowerBound,
        ground.Problem.Published.Count == 0 ? null : result.Changes.Unavoidable,
        [.. result.Collisions.Take(50).Select(c => new SaidCollision(c.Code, [.. c.Args.Select(Word)]))]);

    private static string Word(object? value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => RosterWords.Minute(at),
        IEnumerable<Guid> ids => string.Join(',', ids),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
