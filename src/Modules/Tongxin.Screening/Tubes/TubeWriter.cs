using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>
/// The one way a fact of a tube enters. In one transaction: share the rounds' turn, hold the tubes, read the clock, insert what is new, fold all facts of each tube, hold the
/// people whose state it may change, fold each from all tubes of the round, tell the grid's round who is done and who no longer is,
/// journal, raise. The answer leaves after the commit.
/// </summary>
internal sealed class TubeWriter(TongxinDb db, TubeGround ground, IRoundDesk desk, TimeProvider clock)
{
    /// <summary>The most facts of people that one statement of the grid's round holds.</summary>
    private const int Together = 1000;

    /// <summary>Writes in a transaction of its own.</summary>
    /// <param name="items">Any number, of any rounds and tubes, in the order they happened on the sender's clock.</param>
    /// <param name="actor">Who sends.</param>
    /// <param name="ct">Gives up before the commit.</param>
    /// <param name="within">What else belongs in the same transaction, once the answers are known; false: nothing of it is written.</param>
    public async Task<TubesWritten> WriteAsync(IReadOnlyList<TubeItem> items, Actor actor, CancellationToken ct, Func<TubesWritten, Task<bool>>? within = null)
    {
        IReadOnlyList<TubePost> posts = [new(items, actor)];
        return (await AgainAsync(() => TryWriteAsync(posts, within, ct)))[0];
    }

    /// <summary>Several senders in one transaction of its own: all of it is written, or nothing.</summary>
    /// <returns>What each is told, in the order given.</returns>
    public Task<IReadOnlyList<TubesWritten>> WriteAsync(IReadOnlyList<TubePost> posts, CancellationToken ct) => AgainAsync(() => TryWriteAsync(posts, null, ct));

    /// <summary>The same inside the caller's transaction; the caller commits.</summary>
    public async Task<TubesWritten> EnterAsync(IReadOnlyList<TubeItem> items, Actor actor, CancellationToken ct) => (await EnterAsync([new TubePost(items, actor)], ct))[0];

    private async Task<IReadOnlyList<TubesWritten>> EnterAsync(IReadOnlyList<TubePost> posts, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Facts of tubes belong in the caller's transaction.");
        var batch = await TubeBatch.ReadAsync(db, ground, posts, clock, ct);
        var now = batch.ReceivedAt;
        batch.Take();
        await batch.LeaveNoTraceAsync(db, ct);
        if (batch.New.Count == 0) return batch.Answer([], new Dictionary<Guid, string>());

        var facts = batch.New.Select(f => TubeFactRow.Of(f, batch.SenderOf(f).AccountId));
        if (batch.New.Count > TubeLocks.Together) await db.BulkInsertAsync(facts, ct);
        else db.AddRange(facts);
        var tubes = batch.Fold(now);
        if (batch.IsLarge) await db.BulkUpdateAsync(batch.Rows, ct);
        var states = await PeopleAsync(batch, tubes, now, ct);
        var split = await SplitAsync(batch, tubes, ct);
        Tell(batch, tubes);
        return batch.Answer(states, split);
    }

    private async Task<T> AgainAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            // The same id reached us twice at once through different tubes: the second look finds it stored.
            db.Forget();
            return await write();
        }
    }

    private async Task<IReadOnlyList<TubesWritten>> TryWriteAsync(IReadOnlyList<TubePost> posts, Func<TubesWritten, Task<bool>>? within, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var written = await EnterAsync(posts, ct);
        if (within is not null && !await within(written[0]))
        {
            db.Forget();
            return written;
        }
        if (!written.Any(w => w.Answers.Any(a => a.Verdict == TubeVerdict.Recorded))) return written;
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return written;
    }

    /// <summary>Everybody whose state may have changed, each from all tubes of the round that name the person.</summary>
    private async Task<IReadOnlyList<MemberState>> PeopleAsync(TubeBatch batch, IReadOnlyList<TubeMove> moves, DateTimeOffset now, CancellationToken ct)
    {
        var people = moves.SelectMany(m => m.Affected()).Distinct().ToList();
        if (people.Count == 0) return [];
        var rows = await TubeLocks.TestsAsync(db, people, now, ct);
        var others = await OtherTubesAsync(people, moves, ct);
        var byPerson = moves.Select(m => m.Now).Concat(others)
            .SelectMany(t => t.Members.Concat(t.Contested).Select(m => (Key: (m.RoundId, m.PersonId), Tube: t)))
            .ToLookup(x => x.Key, x => x.Tube);

        var states = new List<MemberState>(rows.Count);
        var changes = new List<(Guid Round, TestChange Change)>();
        foreach (var row in rows)
        {
            var (from, was) = (row.Status, row.DecidedBy);
            var state = MemberFold.Of(row.RoundId, row.PersonId, byPerson[(row.RoundId, row.PersonId)].Distinct());
            row.Project(state, now);
            states.Add(state);
            if (from != state.Status || was != state.DecidedBy)
                changes.Add((row.RoundId, new TestChange(row.PersonId, from, state.Status, state.DecidedBy, state.DecidedSampleAt, was)));
        }

        await TellGridAsync(rows, batch.Senders.Count == 1 ? batch.Senders[0] : Actor.System, batch.WhoSampled, ct);
        if (rows.Count > TubeLocks.Together) await db.BulkUpdateAsync(rows, ct);
        foreach (var ofRound in changes.GroupBy(c => c.Round)) db.Raise(new TestsChanged(ofRound.Key, [.. ofRound.Select(c => c.Change)]));
        return states;
    }

    /// <summary>The new samples that put a household into a second tube, with the first: said to the table, and to be seen by the office (<see cref="SplitHouseholds"/>).</summary>
    private async Task<IReadOnlyDictionary<Guid, string>> SplitAsync(TubeBatch batch, IReadOnlyList<TubeMove> moves, CancellationToken ct)
    {
        var now = moves.ToDictionary(m => m.Now.Code, m => m.Now, StringComparer.Ordinal);
        var samples = batch.New.Where(f => f is { Kind: TubeFactKind.Sampled, HouseholdId: not null } && now[f.TubeCode].Purpose == TubePurpose.Household).ToList();
        var split = new Dictionary<Guid, string>();
        foreach (var ofRound in samples.GroupBy(f => f.RoundId))
        {
            var homes = ofRound.Select(f => f.HouseholdId).Distinct().ToList();
            var roll = await db.Set<Member>().AsNoTracking().Where(m => m.RoundId == ofRound.Key && homes.Contains(m.HouseholdId)).Select(m => new { m.HouseholdId, m.PersonId }).ToListAsync(ct);
            var tubes = now.Values.Concat(await OtherTubesAsync(roll.ConvertAll(m => (ofRound.Key, m.PersonId)), moves, ct)).ToList();
            foreach (var fact in ofRound)
            {
                // Of two tubes that arrive together the later sample is the second.
                var before = tubes.Where(t => !now.ContainsKey(t.Code) || t.Members.Any(m => m.HouseholdId == fact.HouseholdId && m.At < fact.SeenAt));
                if (HouseholdTubes.Other(now[fact.TubeCode], fact, before, roll.Count(m => m.HouseholdId == fact.HouseholdId)) is { } other) split[fact.Id] = other.Code;
            }
        }

        return split;
    }

    /// <summary>The tubes beside those of the batch that name one of these people. They are only read: whoever changes them waits for the people.</summary>
    private async Task<IReadOnlyList<TubeState>> OtherTubesAsync(List<(Guid Round, Guid Person)> people, IReadOnlyList<TubeMove> moves, CancellationToken ct)
    {
        var mine = moves.Select(m => m.Now.Code).ToHashSet(StringComparer.Ordinal);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ofRound in people.GroupBy(p => p.Round))
        {
            foreach (var part in ofRound.Select(p => (Guid?)p.Person).Chunk(TubeLocks.InOneList(db)))
            {
                codes.UnionWith(await db.Set<TubeFactRow>().AsNoTracking()
                    .Where(f => f.RoundId == ofRound.Key && f.PersonId != null && part.Contains(f.PersonId)).Select(f => f.TubeCode).Distinct().ToListAsync(ct));
            }
        }

        codes.ExceptWith(mine);
        if (codes.Count == 0) return [];
        var states = new List<TubeState>();
        foreach (var part in codes.Chunk(Together))
        {
            var facts = await db.Set<TubeFactRow>().AsNoTracking().Where(f => part.Contains(f.TubeCode)).ToListAsync(ct);
            states.AddRange(facts.GroupBy(f => f.TubeCode, StringComparer.Ordinal).Select(g => TubeFold.Of(g.Key, g.Select(f => f.ToFact()))));
        }

        return states;
    }

    /// <summary>
    /// Who is counted in a tube is done; who no longer is in any is open again. What takes back speaks of the moment it takes back. Where
    /// several senders are written together, the system says it, each fact with the name of who saw it. Whoever was merged with somebody of
    /// the roll is told under that entry.
    /// </summary>
    public async Task TellGridAsync(IReadOnlyList<TestRow> rows, Actor actor, Func<Guid, Guid?> whoSampled, CancellationToken ct)
    {
        foreach (var ofRound in rows.Where(r => r.IsCounted != r.RoundFactId.HasValue).GroupBy(r => r.RoundId).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal))
        {
            foreach (var part in ofRound.Chunk(Together))
            {
                var strangers = await TellAsync(ofRound.Key, [.. part.Select(row => (row, FactOf(row)))], actor, ct);
                if (strangers.Count == 0) continue;
                var roll = await ground.RollAsync([.. strangers.Select(s => (s.Row.RoundId, s.Row.PersonId))], ct);
                await TellAsync(
                    ofRound.Key, [.. strangers.Where(s => roll.ContainsKey((s.Row.RoundId, s.Row.PersonId))).Select(s => (s.Row, s.Fact with { TargetId = roll[(s.Row.RoundId, s.Row.PersonId)].PersonId }))], actor, ct);
            }
        }

        RoundFact FactOf(TestRow row) => row.RoundFactId is { } done
            ? new RoundFact(Ids.New(), row.PersonId, OutcomeKind.Withdrawn, Channel.Visit, row.RoundFactAt ?? row.Since, done, By: whoSampled(row.PersonId))
            : new RoundFact(Ids.New(), row.PersonId, OutcomeKind.Done, Channel.Visit, row.SampledAt ?? row.Since, By: whoSampled(row.PersonId));
    }

    /// <summary>Tells, and notes on the rows what was told.</summary>
    /// <returns>Those who are not on the roll.</returns>
    private async Task<List<(TestRow Row, RoundFact Fact)>> TellAsync(Guid round, IReadOnlyList<(TestRow Row, RoundFact Fact)> told, Actor actor, CancellationToken ct)
    {
        if (told.Count == 0) return [];
        var verdicts = await desk.RecordAsync(round, [.. told.Select(t => t.Fact)], actor, ct);
        var strangers = new List<(TestRow Row, RoundFact Fact)>();
        foreach (var ((row, fact), verdict) in told.Zip(verdicts))
        {
            // Refused: the person is not on the roll, or the round is over. Then the round stays as it is.
            if (!verdict.IsNew)
            {
                if (verdict.Status is null) strangers.Add((row, fact));
                continue;
            }

            if (fact.Kind == OutcomeKind.Done) row.SetDone(fact.Id, fact.SeenAt);
            else row.SetOpen();
        }

        return strangers;
    }

    private void Tell(TubeBatch batch, IReadOnlyList<TubeMove> moves)
    {
        foreach (var sender in batch.Senders)
        {
            var own = batch.New.Where(f => batch.SenderOf(f) == sender).ToList();
            if (own.Count == 0) continue;
            var rounds = own.Select(f => f.RoundId).Distinct().ToList();
            db.Record(sender, "screening.tubes.recorded", "round", rounds.Count == 1 ? rounds[0] : null, details: new
            {
                facts = own.Count,
                tubes = own.Select(f => f.TubeCode).Distinct(StringComparer.Ordinal).Count(),
                kinds = own.GroupBy(f => f.Kind).ToDictionary(g => g.Key.ToString(), g => g.Count()),
                witnesses = own.Where(f => f.Witness is not null).Select(f => f.Witness).Distinct().ToList(),
            });
        }
        var changes = moves
            .Where(m => m.Before.Stage != m.Now.Stage || m.Before.Verdict != m.Now.Verdict || m.Before.IsCollided != m.Now.IsCollided)
            .Select(m => new TubeChange(m.Now.RoundId, m.Now.Code, m.Before.Stage, m.Now.Stage, m.Now.Verdict, m.Now.IsCollided, m.Before.IsCollided))
            .ToList();
        if (changes.Count > 0) db.Raise(new TubesChanged(changes));
    }

    /// <summary>Whole milliseconds: what every device and both databases can keep, so that a retry is the same fact.</summary>
    internal static DateTimeOffset Whole(DateTimeOffset at) =>
        new(at.UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
}
