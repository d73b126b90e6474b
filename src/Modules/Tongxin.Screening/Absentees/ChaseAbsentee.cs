using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Absentees.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Screening.Absentees;

/// <summary>
/// Notes a step towards somebody who is missing, and tells the round what follows from it, in one transaction: not reached and refused stay
/// outstanding, an excuse closes, an excuse taken back opens again.
/// </summary>
internal sealed class ChaseAbsentee(TongxinDb db, IRounds rounds, IRoundDesk desk, ICells cells, ITeams teams, IPersons persons, TimeProvider clock)
{
    public async Task<Result> ExecuteAsync(AbsentEntry asked, Actor actor, CancellationToken ct)
    {
        var entry = asked.Tidy();
        var now = clock.GetUtcNow();
        var needs = entry.Arrangement is AbsentArrangement.Excused ? AbsentPermissions.Excuse : AbsentPermissions.Chase;
        if (await TargetAsync(entry.RoundId, entry.PersonId, needs, actor, ct) is not { } target) return AbsentErrors.NotFound;
        var isSound = entry.Check(now);
        if (isSound.IsFailure) return isSound;
        // Taking an excuse back needs the same right as giving one.
        if (entry.Arrangement == AbsentArrangement.Open && target.Status == TargetStatus.Excused
            && await TargetAsync(entry.RoundId, entry.PersonId, AbsentPermissions.Excuse, actor, ct) is null) return AbsentErrors.NotFound;
        if (entry.Arrangement is AbsentArrangement.Catchup or AbsentArrangement.Home)
        {
            var named = await ResponsibleAsync(entry, target, actor, ct);
            if (named.IsFailure) return named.Error;
            entry = named.Value;
        }
        return await WithinAsync(entry, async known =>
        {
            if (known is not null) return known.RoundId == entry.RoundId && known.PersonId == entry.PersonId ? Result.Ok : AbsentErrors.IdReused;
            return await NoteAsync(entry, target, actor, now, ct);
        }, ct);
    }

    /// <summary>The phone of somebody on the own list, in the clear: journaled with the round it was asked for.</summary>
    public async Task<Result<string?>> RevealPhoneAsync(Guid round, Guid person, Actor actor, CancellationToken ct)
    {
        if (await TargetAsync(round, person, AbsentPermissions.Chase, actor, ct) is not { } target) return AbsentErrors.NotFound;
        if (target.Status == TargetStatus.Done) return AbsentErrors.Done;
        var number = await db.Set<TestingRound>().Where(r => r.Id == round).Select(r => r.Number).SingleAsync(ct);
        return await persons.RevealPhoneAsync(person, $"testing absentee {number}", actor, ct);
    }

    /// <summary>Who may take it on: the team of the person's cell.</summary>
    public async Task<IReadOnlyList<TeamMemberView>> TeamAsync(Guid cellId, CancellationToken ct)
    {
        var cell = (await cells.ListAsync(ct)).FirstOrDefault(c => c.Id == cellId);
        return cell?.TeamId is { } team ? [.. (await teams.FindAsync([team], ct)).SelectMany(t => t.Members)] : [];
    }

    private async Task<Result> NoteAsync(AbsentEntry entry, TargetView seen, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Set<TestingRound>().AnyAsync(r => r.Id == entry.RoundId && r.ClosedAt != null, ct)) return AbsentErrors.Closed;
        // A call that was made is noted even if the sample came in between; an arrangement for who is sampled is none.
        if (seen.Status == TargetStatus.Done && entry.Arrangement is not null) return AbsentErrors.Done;
        var isRestored = entry.Arrangement == AbsentArrangement.Open && seen.Status == TargetStatus.Excused;
        db.Add(AbsentStep.Of(entry, actor.AccountId, actor.PersonId, now));
        if (FactOf(entry, isRestored ? seen.DecidedBy : null, actor, now) is { } fact)
        {
            var verdict = (await desk.RecordAsync(entry.RoundId, [fact], actor, ct))[0];
            if (verdict.Error is { } refused) return refused;
            // A sample was taken while the form was open: the excuse would stand beside it for nothing.
            if (entry.Arrangement == AbsentArrangement.Excused && verdict.Status == TargetStatus.Done) return AbsentErrors.Done;
        }
        db.Record(actor, "screening.absentee.noted", "person", entry.PersonId, details: new
        {
            round = entry.RoundId,
            step = entry.Id,
            contact = entry.Contact?.ToString(),
            arrangement = entry.Arrangement?.ToString(),
            reason = entry.Reason?.ToString(),
        });
        return Result.Ok;
    }

    /// <summary>What the round is to know; null: nothing changes for it.</summary>
    private static RoundFact? FactOf(AbsentEntry entry, Guid? excuse, Actor actor, DateTimeOffset now)
    {
        var reason = AbsentEntry.ReasonOf(entry.Reason, entry.Words);
        if (entry.Arrangement == AbsentArrangement.Excused) return Fact(OutcomeKind.Excused);
        if (excuse is not null) return Fact(OutcomeKind.Withdrawn) with { Corrects = excuse };
        return entry.Contact switch
        {
            AbsentContact.NotReached => Fact(OutcomeKind.NotReached),
            AbsentContact.Refused => Fact(OutcomeKind.Refused),
            _ => null,
        };

        RoundFact Fact(OutcomeKind kind) => new(entry.Id, entry.PersonId, kind, entry.Channel, now, Reason: reason, By: actor.PersonId);
    }

    /// <summary>Somebody of the cell's team, or whoever notes it; by default the one who notes it, else the captain.</summary>
    private async Task<Result<AbsentEntry>> ResponsibleAsync(AbsentEntry entry, TargetView target, Actor actor, CancellationToken ct)
    {
        var team = await TeamAsync(target.CellId, ct);
        var named = entry.ResponsibleId ?? actor.PersonId ?? team.FirstOrDefault(m => m.Role == TeamRole.Captain)?.PersonId;
        if (named is { } person && person != actor.PersonId && team.All(m => m.PersonId != person)) return AbsentErrors.Responsible;
        var due = entry.DueAt ?? await db.Set<TestingRound>().Where(r => r.Id == entry.RoundId).Select(r => (DateTimeOffset?)r.EndsAt).SingleAsync(ct);
        return entry with { ResponsibleId = named, DueAt = due };
    }

    /// <summary>The person in the round, within the actor's reach; whoever lies outside is not there.</summary>
    private async Task<TargetView?> TargetAsync(Guid round, Guid person, string permission, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(permission) || !await db.Set<Member>().AnyAsync(m => m.RoundId == round && m.PersonId == person, ct)) return null;
        var reach = await rounds.ReachAsync(actor, permission, ct);
        var target = (await rounds.StatesAsync(round, [person], ct)).GetValueOrDefault(person);
        return target is not null && reach.Admits(target.CellId, target.PlacePath) ? target : null;
    }

    private async Task<Result> WithinAsync(AbsentEntry entry, Func<AbsentStep?, Task<Result>> act, CancellationToken ct)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var known = await db.Set<AbsentStep>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == entry.Id, ct);
            var done = await act(known);
            if (done.IsFailure || known is not null)
            {
                db.Forget();
                // The same tap a moment before, while this one waited for the person's row: it is stored, and this one is answered like it.
                return done.IsFailure && known is null && await IsStoredAsync(entry, ct) ? Result.Ok : done;
            }
            await db.CommitAsync(ct);
            await transaction.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            // The same tap arrived twice at once: the other one is stored.
            db.Forget();
            return await IsStoredAsync(entry, ct) ? Result.Ok : AbsentErrors.IdReused;
        }
    }

    private Task<bool> IsStoredAsync(AbsentEntry entry, CancellationToken ct) =>
        db.Set<AbsentStep>().AnyAsync(s => s.Id == entry.Id && s.RoundId == entry.RoundId && s.PersonId == entry.PersonId, ct);
}
