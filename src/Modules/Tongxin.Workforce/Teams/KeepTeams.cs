using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Teams;

/// <summary>Keeps teams: exactly one captain at every moment, members and substitutes come and go, a team that ends takes its rights with it.</summary>
internal sealed class KeepTeams(TongxinDb db, ITeams teams, TeamSight sight, IPersons persons, TimeProvider clock)
{
    private const int LongestName = 40;

    public async Task<Result<Guid>> CreateAsync(string? name, Guid? unitId, Guid? captainId, DateOnly? endsOn, Actor actor, CancellationToken ct)
    {
        if (Clean(name) is not { } clean) return WorkforceErrors.NameMissing;
        if (captainId is not { } captain || await NowAsync(captain, actor, ct) is not { } person) return WorkforceErrors.CaptainMissing;
        if (unitId is { } unit && !await sight.ReachesUnitAsync(unit, actor, WorkforcePermissions.Edit, ct)) return WorkforceErrors.UnitNotFound;
        if (endsOn <= CampusCalendar.DayOf(clock.GetUtcNow())) return WorkforceErrors.EndsWrong;
        if (await NameTakenAsync(clean, except: null, ct)) return WorkforceErrors.NameTaken;
        var made = await teams.CreateAsync([new NewTeam(clean, unitId, person, [], [], endsOn)], actor, ct);
        if (made.IsFailure) return made.Error;
        await db.CommitAsync(ct);
        return made.Value[0];
    }

    public async Task<Result> RenameAsync(Guid id, string? name, Actor actor, CancellationToken ct)
    {
        var team = await OpenAsync(id, actor, ct);
        if (team is null) return WorkforceErrors.TeamNotFound;
        if (Clean(name) is not { } clean) return WorkforceErrors.NameMissing;
        if (await NameTakenAsync(clean, id, ct)) return WorkforceErrors.NameTaken;
        team.Rename(clean);
        db.Record(actor, "workforce.team.renamed", "team", id);
        return await CommitAsync(ct);
    }

    public async Task<Result> AddAsync(Guid id, Guid? personId, TeamRole role, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is null) return WorkforceErrors.TeamNotFound;
        if (personId is not { } asked || await NowAsync(asked, actor, ct) is not { } person) return WorkforceErrors.PersonMissing;
        // Who becomes captain takes the place of the captain: that is its own step.
        if (role == TeamRole.Captain) return WorkforceErrors.OneCaptain;
        if (await InTeamAsync(id, person, ct)) return WorkforceErrors.AlreadyIn;
        db.Add(Membership.Start(id, person, role, clock.GetUtcNow()));
        db.Record(actor, "workforce.team.member-added", "team", id, details: new { person, role = role.ToString() });
        return await CommitAsync(ct);
    }

    public async Task<Result> RemoveAsync(Guid id, Guid personId, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is null) return WorkforceErrors.TeamNotFound;
        var now = clock.GetUtcNow();
        var membership = await MembersNow(id, now).SingleOrDefaultAsync(m => m.PersonId == personId, ct);
        if (membership is null) return WorkforceErrors.PersonMissing;
        if (membership.Role == TeamRole.Captain) return WorkforceErrors.OneCaptain;
        membership.End(now);
        db.Record(actor, "workforce.team.member-removed", "team", id, details: new { person = personId });
        return await CommitAsync(ct);
    }

    /// <summary>Makes a member or substitute the captain; the captain before becomes a member. One transaction: never none, never two.</summary>
    public async Task<Result> ChangeCaptainAsync(Guid id, Guid? personId, Actor actor, CancellationToken ct)
    {
        if (await OpenAsync(id, actor, ct) is null) return WorkforceErrors.TeamNotFound;
        var now = clock.GetUtcNow();
        var members = await MembersNow(id, now).ToListAsync(ct);
        var next = members.Find(m => m.PersonId == personId);
        if (next is null) return WorkforceErrors.PersonMissing;
        if (next.Role == TeamRole.Captain) return Result.Ok;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        next.End(now);
        var captain = members.Find(m => m.Role == TeamRole.Captain);
        captain?.End(now);
        db.Record(actor, "workforce.team.captain-changed", "team", id, details: new { from = captain?.PersonId, to = personId });
        // The database allows one captain: the old one ends before the new one begins.
        var ended = await CommitAsync(ct);
        if (ended.IsFailure) return ended;
        if (captain is not null) db.Add(Membership.Start(id, captain.PersonId, TeamRole.Member, now));
        db.Add(Membership.Start(id, next.PersonId, TeamRole.Captain, now));
        db.Record(actor, "workforce.team.captain", "team", id, details: new { person = personId });
        var begun = await CommitAsync(ct);
        if (begun.IsFailure) return begun;
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> EndAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var team = await OpenAsync(id, actor, ct);
        if (team is null) return WorkforceErrors.TeamNotFound;
        await EndAsync(team, actor, ct);
        return await CommitAsync(ct);
    }

    /// <summary>Ends a team today with all its memberships; the caller commits.</summary>
    internal async Task EndAsync(Team team, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        team.End(CampusCalendar.DayOf(now));
        foreach (var membership in await db.Set<Membership>().Where(m => m.TeamId == team.Id && (m.Until == null || m.Until > now)).ToListAsync(ct)) membership.End(now);
        db.Raise(new TeamEnded(team.Id));
        db.Record(actor, "workforce.team.ended", "team", team.Id);
    }

    /// <summary>An open team within the actor's sight.</summary>
    private async Task<Team?> OpenAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, WorkforcePermissions.Edit, ct) is null) return null;
        var team = await db.Set<Team>().SingleOrDefaultAsync(t => t.Id == id, ct);
        return team?.IsOpen(CampusCalendar.DayOf(clock.GetUtcNow())) == true ? team : null;
    }

    private IQueryable<Membership> MembersNow(Guid team, DateTimeOffset now) =>
        db.Set<Membership>().Where(m => m.TeamId == team && m.From <= now && (m.Until == null || now < m.Until));

    private Task<bool> InTeamAsync(Guid team, Guid person, CancellationToken ct) => MembersNow(team, clock.GetUtcNow()).AnyAsync(m => m.PersonId == person, ct);

    // A merged entry is answered by the person it became; somebody out of sight is not there.
    private async Task<Guid?> NowAsync(Guid person, Actor actor, CancellationToken ct) =>
        await persons.FindAsync([person], ct) is [var found, ..] && (await sight.PeopleAsync([found.Id], actor, WorkforcePermissions.Edit, ct)).Contains(found.Id) ? found.Id : null;

    private Task<bool> NameTakenAsync(string name, Guid? except, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        return db.Set<Team>().AnyAsync(t => t.Name == name && t.Id != except && (t.EndsOn == null || today < t.EndsOn), ct);
    }

    private static string? Clean(string? name) => name?.Trim() is { Length: > 0 and <= LongestName } clean ? clean : null;

    private async Task<Result> CommitAsync(CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return WorkforceErrors.Changed;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return WorkforceErrors.Changed;
        }
    }
}
