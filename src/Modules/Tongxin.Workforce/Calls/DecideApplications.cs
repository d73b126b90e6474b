using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>What became of the applications that were chosen; together they are all of them.</summary>
/// <param name="Reserve">Also those for whom no place was left.</param>
/// <param name="Already">Decided by somebody else in the meantime, or not to be decided like this.</param>
/// <param name="NumberTaken">The number is somebody else's in the register.</param>
/// <param name="Twice">The same person is accepted for this call already.</param>
internal sealed record Decided(int Accepted, int Reserve, int Declined, int Already, int NumberTaken, int Twice);

/// <summary>
/// Decides about applications, one or many at once. Places are counted with the call held alone: of those who decide at the same
/// moment one comes first, the other is told. Beyond the places an accepted one goes to reserve.
/// </summary>
internal sealed class DecideApplications(TongxinDb db, CallSight sight, TakeOnVolunteers take, TimeProvider clock)
{
    /// <summary>At most so many at once.</summary>
    public const int Most = 1000;
    public const int LongestReason = 200;
    public const string NoticeKind = "workforce.calls.notice";

    /// <summary>Decides about one that was seen in <paramref name="version"/>; also changes an earlier decision.</summary>
    public async Task<Result<Decided>> OneAsync(Guid callId, Guid id, Verdict verdict, string? reason, int version, Actor actor, CancellationToken ct)
    {
        var decided = await ExecuteAsync(callId, [id], verdict, reason, version, actor, ct);
        if (decided.IsFailure) return decided;
        return decided.Value switch
        {
            { NumberTaken: > 0 } => CallErrors.NumberTaken,
            { Twice: > 0 } => CallErrors.PersonTwice,
            { Already: > 0 } => CallErrors.NoPlace,
            _ => decided,
        };
    }

    /// <summary>Decides about all that nobody decided yet; from the reserve some can still be accepted or declined.</summary>
    public Task<Result<Decided>> ManyAsync(Guid callId, IReadOnlyList<Guid> ids, Verdict verdict, string? reason, Actor actor, CancellationToken ct) =>
        ExecuteAsync(callId, ids, verdict, reason, null, actor, ct);

    private async Task<Result<Decided>> ExecuteAsync(Guid callId, IReadOnlyList<Guid> ids, Verdict verdict, string? reason, int? version, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(callId, actor, CallPermissions.Decide, ct) is null) return CallErrors.NotFound;
        if (verdict == Verdict.Waiting) return CallErrors.VerdictMissing;
        if (ids.Count is 0 or > Most) return CallErrors.NobodyChosen;
        var why = TextFold.Clean(reason) is { Length: > 0 } typed ? typed : null;
        if (verdict == Verdict.Declined && why is null) return CallErrors.ReasonMissing;
        if (why?.Length > LongestReason) return CallErrors.TooLong;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var call = await CallSight.AloneAsync(db, callId, ct);
        var chosen = await db.Set<Application>().Where(a => a.CallId == callId && ids.Contains(a.Id)).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(ct);
        if (version is { } seen)
        {
            if (chosen is not [var one]) return CallErrors.ApplicationNotFound;
            if (one.Version != seen) return CallErrors.DecidedMeanwhile;
        }
        var open = chosen.Where(a => version is not null ? a.Verdict != verdict : IsOpen(a.Verdict, verdict)).ToList();
        var taken = await db.Set<Application>().Where(a => a.CallId == callId && a.Verdict == Verdict.Accepted).Select(a => a.PersonId).ToListAsync(ct);

        // Whole milliseconds: what both databases give back as it was, so that a notice knows its decision.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var answer = verdict == Verdict.Accepted
            ? await AcceptAsync(call, open, taken, why, now, actor, ct)
            : Say(open, verdict, why, now, actor);
        answer = answer with { Already = answer.Already + chosen.Count - open.Count };
        if (answer.Accepted + answer.Reserve + answer.Declined > 0)
        {
            db.Record(actor, "workforce.applications.decided", "call", callId, why, new { verdict = verdict.ToString(), answer.Accepted, answer.Reserve, answer.Declined });
            try
            {
                await db.CommitAsync(ct);
                await transaction.CommitAsync(ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Sent again by the applicant at this moment: look at it once more.
                return CallErrors.DecidedMeanwhile;
            }
        }
        return answer;
    }

    private async Task<Decided> AcceptAsync(Call call, List<Application> open, List<Guid?> taken, string? why, DateTimeOffset now, Actor actor, CancellationToken ct)
    {
        var there = taken.OfType<Guid>().ToHashSet();
        var accepted = new List<Application>();
        var (reserve, already, numberTaken, twice) = (0, 0, 0, 0);
        var next = 0;
        for (var places = call.Places - taken.Count; places > 0 && next < open.Count;)
        {
            var batch = open.GetRange(next, Math.Min(places, open.Count - next));
            next += batch.Count;
            await take.FindPeopleAsync(batch, actor, ct);
            foreach (var application in batch)
            {
                if (application.PersonId is not { } person) numberTaken++;
                else if (!there.Add(person)) twice++;
                else
                {
                    Decide(application, Verdict.Accepted, why, now, actor);
                    accepted.Add(application);
                    places--;
                }
            }
        }
        foreach (var late in open.Skip(next))
        {
            if (late.Verdict == Verdict.Reserve) already++;
            else
            {
                Decide(late, Verdict.Reserve, why, now, actor);
                reserve++;
            }
        }
        if (accepted.Count > 0)
        {
            await take.ExecuteAsync(accepted, actor, ct);
            db.Raise(new ApplicationsDecided(call.Id, [.. accepted.Select(a => a.PersonId).OfType<Guid>()]));
        }
        return new Decided(accepted.Count, reserve, 0, already, numberTaken, twice);
    }

    private Decided Say(List<Application> open, Verdict verdict, string? why, DateTimeOffset now, Actor actor)
    {
        foreach (var application in open) Decide(application, verdict, why, now, actor);
        return new Decided(0, verdict == Verdict.Reserve ? open.Count : 0, verdict == Verdict.Declined ? open.Count : 0, 0, 0, 0);
    }

    private void Decide(Application application, Verdict verdict, string? why, DateTimeOffset now, Actor actor)
    {
        application.Decide(verdict, why, actor.AccountId, now);
        db.Enqueue(NoticeKind, $"{application.Id:N}-{application.Version + 1}", new NoticeOfDecision(application.Id, now));
    }

    private static bool IsOpen(Verdict now, Verdict wanted) => now == Verdict.Waiting || (now == Verdict.Reserve && wanted != Verdict.Reserve);
}

/// <summary>Payload of the outbox: which decision.</summary>
internal sealed record NoticeOfDecision(Guid ApplicationId, DateTimeOffset DecidedAt);
