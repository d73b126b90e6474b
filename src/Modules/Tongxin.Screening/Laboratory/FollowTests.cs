using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tongxin.Access.Contracts;
using Tongxin.Core.Sampling.Pools;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Laboratory.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>
/// What follows from results, in the transaction that brings them, whichever way they came: a pool that is not negative unfolds into
/// rechecks, a single result ends or decides one, people are told that there is something to see, and passes that leaned on a proof that
/// is gone are looked at again. Nobody is restricted here, and no neighbour is named.
/// </summary>
internal sealed class FollowTests(TongxinDb db, TellTesting tell, TellStaff staff, IOptions<LaboratorySettings> settings, TimeProvider clock)
    : IHandle<TestsChanged>, IHandle<TubesChanged>, IHandle<PersonMerged>
{
    private const int Together = 1000;

    public async Task HandleAsync(TestsChanged happened, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await RecheckAsync(happened, now, ct);
        Tell(happened);

        // Passes out there lean on a proof that is gone, or is too old for what is asked now.
        var lost = happened.Changes.Where(c => c.From != c.To && (c.From == TestStatus.Neg || IsAsked(c.To))).Select(c => c.PersonId).Distinct();
        foreach (var some in lost.Chunk(Together)) db.Raise(new RestrictionsChanged(some));
        // Whatever ends the asking ends what was done because of it: a single negative, or a correction of what asked.
        var freed = happened.Changes.Where(c => IsAsked(c.From) && !IsAsked(c.To)).Select(c => c.PersonId).Distinct();
        foreach (var some in freed.Chunk(LiftFreed.AtOnce)) db.Enqueue(LiftFreed.MessageKind, Ids.New().ToString("N"), new FreedPersons(happened.RoundId, some));
    }

    /// <summary>A tube that no longer asks (corrected, invalid, its code used twice) asks no doctor any more whether its people are contacts.</summary>
    public async Task HandleAsync(TubesChanged happened, CancellationToken ct)
    {
        List<string> codes = [.. happened.Changes.Where(c => c.From is TubeStage.Pos or TubeStage.Grey && (c.IsCollided || c.Verdict is not (TubeResult.Pos or TubeResult.Grey))).Select(c => c.Code)];
        if (codes.Count == 0) return;
        var now = clock.GetUtcNow();
        // Who was freed in this very transaction is not in the database yet: the state is looked at here.
        var asked = await db.Set<RecheckTask>().Where(r => codes.Contains(r.TubeCode) && r.JudgedAt == null).ToListAsync(ct);
        var over = asked.FindAll(r => r.State == RecheckState.Freed);
        foreach (var recheck in over)
        {
            recheck.Move(RecheckState.Ended, recheck.TubeCode, now, null);
            db.Add(RecheckStep.Of(recheck, RecheckStepKind.Ended, now, recheck.TubeCode));
        }

        if (over.Count > 0) db.Record(Actor.System, "screening.rechecks.followed", "round", over[0].RoundId, details: new { ended = over.Count });
    }

    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var gone = await db.Set<RecheckTask>().Where(r => r.PersonId == happened.GoneId).ToListAsync(ct);
        if (gone.Count == 0) return;
        var rounds = gone.ConvertAll(r => r.RoundId);
        var kept = await db.Set<RecheckTask>().Where(r => r.PersonId == happened.KeptId && rounds.Contains(r.RoundId)).Select(r => r.RoundId).ToListAsync(ct);
        var now = clock.GetUtcNow();
        foreach (var recheck in gone)
        {
            // The tubes go on naming the entry that is gone: what they say later still finds its recheck.
            if (!kept.Contains(recheck.RoundId)) recheck.Follow(happened.KeptId);
            else if (recheck.State != RecheckState.Ended)
            {
                recheck.Move(RecheckState.Ended, recheck.DecidedBy, now, null);
                db.Add(RecheckStep.Of(recheck, RecheckStepKind.Merged, now));
            }
        }
    }

    private async Task RecheckAsync(TestsChanged happened, DateTimeOffset now, CancellationToken ct)
    {
        var concerned = happened.Changes.Where(c => IsAsked(c.To) || IsAsked(c.From)).ToList();
        if (concerned.Count == 0) return;
        var known = new Dictionary<Guid, RecheckTask>();
        foreach (var part in concerned.Select(c => c.PersonId).Distinct().Chunk(Together))
            foreach (var recheck in await db.Set<RecheckTask>().Where(r => r.RoundId == happened.RoundId && (part.Contains(r.PersonId) || (r.NamedId != null && part.Contains(r.NamedId.Value)))).ToListAsync(ct))
            {
                known[recheck.PersonId] = recheck;
                if (recheck.NamedId is { } named) known.TryAdd(named, recheck);
            }

        var (opened, moved) = (0, 0);
        var asked = new List<RecheckTask>();
        var places = await UnfoldAsync(happened.RoundId, [.. concerned.Where(c => c.To == TestStatus.PendingRecheck)], ct);
        var own = await OwnTubesAsync(concerned, ct);
        foreach (var change in concerned)
        {
            var recheck = known.GetValueOrDefault(change.PersonId);
            var state = StateOf(change, own);
            var (place, twice) = places.GetValueOrDefault(change.PersonId);
            if (recheck is null)
            {
                if (state is RecheckState.Freed or RecheckState.Ended || change.TubeCode is not { } tube) continue;
                recheck = RecheckTask.Open(happened.RoundId, change.PersonId, tube, place, twice, now, now.AddHours(settings.Value.RecheckHours));
                known[change.PersonId] = recheck;
                db.Add(recheck);
                db.Add(RecheckStep.Of(recheck, RecheckStepKind.Opened, now, tube));
                opened++;
                asked.Add(recheck);
                if (state == RecheckState.Open) continue;
            }
            else if (state == RecheckState.Open && change.TubeCode is { } asking && (recheck.State != RecheckState.Open || recheck.TubeCode != asking))
            {
                recheck.Ask(asking, place, twice);
            }

            if (recheck.State == state && state == RecheckState.Open) continue;
            if (state == RecheckState.Open) asked.Add(recheck);
            recheck.Move(state, change.TubeCode, now, DueOf(state, now));
            db.Add(RecheckStep.Of(recheck, StepOf(state), now, change.TubeCode));
            moved++;
        }

        await staff.TellAsync(happened.RoundId, TellStaff.Asked, asked, ct);
        await staff.TellLeadersAsync(happened.RoundId, asked, ct);
        if (opened + moved > 0) db.Record(Actor.System, "screening.rechecks.followed", "round", happened.RoundId, details: new { opened, moved });
    }

    /// <summary>The tubes that are not negative, unfolded into the places of their people. Everybody else has no place.</summary>
    private async Task<Dictionary<Guid, (int Place, bool IsInTwoTubes)>> UnfoldAsync(Guid round, List<TestChange> pending, CancellationToken ct)
    {
        var places = new Dictionary<Guid, (int, bool)>();
        if (pending.Count == 0) return places;
        var states = new List<MemberState>();
        foreach (var part in pending.Select(p => p.PersonId).Distinct().Chunk(Together))
        {
            states.AddRange((await db.Set<TestRow>().AsNoTracking().Where(t => t.RoundId == round && part.Contains(t.PersonId)).ToListAsync(ct)).Select(t => new MemberState
            {
                RoundId = round,
                PersonId = t.PersonId,
                Status = t.Status,
                RecheckBecause = t.RecheckBecause?.Split(',') ?? [],
                IsInTwoTubes = t.IsInTwoTubes,
            }));
        }

        foreach (var part in pending.Select(p => p.TubeCode).OfType<string>().Distinct(StringComparer.Ordinal).Chunk(Together))
        {
            var facts = await db.Set<TubeFactRow>().AsNoTracking().Where(f => part.Contains(f.TubeCode)).ToListAsync(ct);
            foreach (var tube in facts.GroupBy(f => f.TubeCode, StringComparer.Ordinal))
                foreach (var recheck in Unfolding.Of(TubeFold.Of(tube.Key, tube.Select(f => f.ToFact())), states)) places.TryAdd(recheck.PersonId, (recheck.Place, recheck.IsInTwoTubes));
        }

        return places;
    }

    private static bool IsAsked(TestStatus status) => status is TestStatus.PendingRecheck or TestStatus.Pos;

    /// <summary>Which of the deciding tubes were taken of one person for a recheck.</summary>
    private async Task<HashSet<string>> OwnTubesAsync(List<TestChange> concerned, CancellationToken ct)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in concerned.Where(c => c.To == TestStatus.Neg).Select(c => c.TubeCode).OfType<string>().Distinct(StringComparer.Ordinal).Chunk(Together))
            own.UnionWith(await db.Set<TubeRow>().Where(t => part.Contains(t.Code) && t.Purpose == TubePurpose.Recheck && t.Size == 1).Select(t => t.Code).ToListAsync(ct));
        return own;
    }

    /// <summary>Freed is who is negative in a tube of one's own, taken for the recheck; whoever is not asked any more for another reason was asked by mistake.</summary>
    private static RecheckState StateOf(TestChange change, HashSet<string> own) => change.To switch
    {
        TestStatus.PendingRecheck => RecheckState.Open,
        TestStatus.Pos => RecheckState.Positive,
        TestStatus.Neg when change.TubeCode is { } code && own.Contains(code) => RecheckState.Freed,
        _ => RecheckState.Ended,
    };

    private DateTimeOffset? DueOf(RecheckState state, DateTimeOffset now) => state switch
    {
        RecheckState.Open => now.AddHours(settings.Value.RecheckHours),
        RecheckState.Freed => now.AddHours(settings.Value.JudgeHours),
        RecheckState.Positive => now.AddHours(settings.Value.ReportHours),
        _ => null,
    };

    private static RecheckStepKind StepOf(RecheckState state) => state switch
    {
        RecheckState.Open => RecheckStepKind.Asked,
        RecheckState.Freed => RecheckStepKind.Freed,
        RecheckState.Positive => RecheckStepKind.Positive,
        _ => RecheckStepKind.Ended,
    };

    /// <summary>Never the result itself: that stands on the own page. Positive, negative and corrected read alike.</summary>
    private void Tell(TestsChanged happened)
    {
        var moved = happened.Changes.Where(c => c.From != c.To).ToList();
        Say("note.test-news", c => c.To is TestStatus.Neg or TestStatus.Pos || (c.To == TestStatus.Sampled && c.From is (TestStatus.Neg or TestStatus.Pos)));
        Say("note.test-again", c => c.To == TestStatus.PendingRecheck);
        Say("note.sample-again", c => c.To is TestStatus.Recalled or TestStatus.NotSampled);

        void Say(string what, Func<TestChange, bool> which)
        {
            List<Told> told = [.. moved.Where(which).Select(c => new Told(c.PersonId, null))];
            if (told.Count > 0) tell.Tell(happened.RoundId, what, told);
        }
    }
}
