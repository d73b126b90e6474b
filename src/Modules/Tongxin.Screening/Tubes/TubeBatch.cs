using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>The facts of one sender or of several with all that is needed to judge them: a handful of statements, however many facts.</summary>
internal sealed class TubeBatch
{
    private const int Together = 1000;

    private readonly IReadOnlyList<TubePost> _posts;
    private readonly TubeItem[] _items;
    private readonly IReadOnlyList<Actor> _senders;
    private readonly TubeAnswer?[] _answers;
    private readonly List<Error>[] _warnings;
    private readonly Dictionary<string, TubeRow> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TubeFact>> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TubeState> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TubeState> _now = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, string> _tubeOfId = [];
    private readonly Dictionary<Guid, Actor> _senderOf = [];
    private readonly Dictionary<Actor, TubeReach> _reach = [];

    private TubeBatch(IReadOnlyList<TubePost> posts, TubeItem[] items, DateTimeOffset now)
    {
        ReceivedAt = now;
        _posts = posts;
        _senders = [.. posts.SelectMany(p => p.Items.Select(_ => p.Sender))];
        _items = items;
        _answers = new TubeAnswer?[items.Length];
        _warnings = [.. items.Select(_ => new List<Error>())];
    }

    /// <summary>When it arrived: once it holds its tubes, that is the instant of all its facts.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>The facts to be stored.</summary>
    public List<TubeFact> New { get; } = [];

    /// <summary>Who sent them, each once.</summary>
    public IReadOnlyList<Actor> Senders => [.. _posts.Select(p => p.Sender).Distinct()];

    /// <summary>Who sent a fact of <see cref="New"/>.</summary>
    public Actor SenderOf(TubeFact fact) => _senderOf[fact.Id];

    /// <summary>Who sent this person's sample, where several are written together; null: the one sender.</summary>
    public Guid? WhoSampled(Guid person) =>
        _posts.Count > 1 && New.Find(f => f.PersonId == person) is { } sample ? SenderOf(sample).PersonId : null;

    /// <summary>So many tubes that their rows are not tracked.</summary>
    public bool IsLarge => _rows.Count > TubeLocks.Together;

    /// <summary>The rows of the tubes that have something new.</summary>
    public IReadOnlyCollection<TubeRow> Rows => [.. New.Select(f => f.TubeCode).Distinct(StringComparer.Ordinal).Select(c => _rows[c])];

    public static async Task<TubeBatch> ReadAsync(TongxinDb db, TubeGround ground, IReadOnlyList<TubePost> posts, TimeProvider clock, CancellationToken ct)
    {
        var ready = await PrepareAsync(ground, posts, RoundTurn.Stamp(clock), ct);
        var codes = ready.Open.Select(i => ready._items[i].Fact.TubeCode).Distinct(StringComparer.Ordinal).ToList();
        if (codes.Count == 0) return ready;
        await RoundTurn.ShareAsync(db, ready.Open.Select(i => ready._items[i].Fact.RoundId), ct);
        foreach (var row in await TubeLocks.TubesAsync(db, codes, ready.ReceivedAt, ct)) ready._rows[row.Code] = row;
        ready.Stamp(RoundTurn.Stamp(clock));
        foreach (var code in codes) ready._facts[code] = [];
        // Own ids beside own tubes: an id stored for another tube is no free one.
        var ids = ready.Open.Select(i => ready._items[i].Fact.Id).Distinct().ToList();
        foreach (var part in codes.Chunk(Together))
        {
            foreach (var row in await db.Set<TubeFactRow>().AsNoTracking().Where(f => part.Contains(f.TubeCode)).ToListAsync(ct))
            {
                ready._facts[row.TubeCode].Add(row.ToFact());
                ready._tubeOfId[row.Id] = row.TubeCode;
            }
        }
        foreach (var part in ids.Where(id => !ready._tubeOfId.ContainsKey(id)).Chunk(Together))
            foreach (var taken in await db.Set<TubeFactRow>().Where(f => part.Contains(f.Id)).Select(f => new { f.Id, f.TubeCode }).ToListAsync(ct))
                ready._tubeOfId[taken.Id] = taken.TubeCode;
        foreach (var (code, facts) in ready._facts) ready._before[code] = TubeFold.Of(code, facts);
        foreach (var ofSender in ready._items.Zip(ready._senders).GroupBy(x => x.Second, x => x.First))
            ready._reach[ofSender.Key] = await TubeReach.ReadAsync(ground, ofSender, ready._facts, ofSender.Key, ct);
        return ready;
    }

    /// <summary>Judges fact after fact in the order they were sent.</summary>
    public void Take()
    {
        foreach (var i in Open.ToList())
        {
            var (fact, isAsked) = (_items[i].Fact, _items[i].IsAsked);
            if (_tubeOfId.TryGetValue(fact.Id, out var tube))
            {
                var known = tube == fact.TubeCode ? _facts[tube].Find(f => f.Id == fact.Id) : null;
                _answers[i] = known is not null && IsRetry(known, fact)
                    ? new TubeAnswer(fact.Id, TubeVerdict.Duplicate, null, [])
                    : TubeAnswer.Refuse(fact.Id, PoolErrors.IdReused(fact.Id));
                continue;
            }

            if (fact.Kind != TubeFactKind.Opened && !_reach[_senders[i]].Admits(_facts[fact.TubeCode], _items[i]))
            {
                if (isAsked || fact.Kind is TubeFactKind.Voided or TubeFactKind.Withdrawn)
                {
                    _answers[i] = TubeAnswer.Refuse(fact.Id, isAsked ? TubeErrors.NotFound : TubeErrors.NotYours);
                    continue;
                }

                // What went into the tube is in it, whoever held the phone: kept, and said.
                _warnings[i].Add(TubeErrors.OutOfReach);
            }

            if (isAsked && TubeRules.Ask(Now(fact.TubeCode), fact) is { IsFailure: true } refused)
            {
                _answers[i] = TubeAnswer.Refuse(fact.Id, refused.Error);
                continue;
            }

            _facts[fact.TubeCode].Add(fact);
            _tubeOfId[fact.Id] = fact.TubeCode;
            _now.Remove(fact.TubeCode);
            _senderOf[fact.Id] = _senders[i];
            New.Add(fact);
        }
    }

    /// <summary>Folds and projects every tube that has something new.</summary>
    public IReadOnlyList<TubeMove> Fold(DateTimeOffset now)
    {
        var moves = new List<TubeMove>();
        foreach (var code in New.Select(f => f.TubeCode).Distinct(StringComparer.Ordinal))
        {
            _rows[code].Project(Now(code), now);
            moves.Add(new TubeMove(_before[code], Now(code)));
        }

        return moves;
    }

    /// <summary>A tube of which nothing was stored does not exist: its row was made in this transaction, only to be held.</summary>
    public async Task LeaveNoTraceAsync(TongxinDb db, CancellationToken ct)
    {
        var empty = _facts.Where(f => f.Value.Count == 0).Select(f => f.Key).ToList();
        if (empty.Count == 0) return;
        if (!IsLarge) foreach (var code in empty) db.Entry(_rows[code]).State = EntityState.Detached;
        foreach (var part in empty.Chunk(Together)) await db.Set<TubeRow>().Where(t => part.Contains(t.Code)).ExecuteDeleteAsync(ct);
    }

    /// <summary>The answers to each sender, with what is odd about the facts that were kept.</summary>
    public IReadOnlyList<TubesWritten> Answer(IReadOnlyList<MemberState> states, IReadOnlyDictionary<Guid, string> split)
    {
        var twice = states.Where(s => s.IsInTwoTubes).Select(s => (s.RoundId, (Guid?)s.PersonId)).ToHashSet();
        for (var i = 0; i < _items.Length; i++)
        {
            if (_answers[i] is not null) continue;
            var fact = _items[i].Fact;
            var tube = Now(fact.TubeCode);
            var warnings = _warnings[i];
            warnings.AddRange(tube.Flags.Where(f => f.FactId == fact.Id && f.Kind != TubeFlagKind.Collision).Select(f => TubeErrors.Flag(f.Kind)));
            if (tube.IsCollided) warnings.Add(TubeErrors.Collision);
            if (fact.Kind == TubeFactKind.Sampled && twice.Contains((fact.RoundId, fact.PersonId))) warnings.Add(TubeErrors.TwoTubes);
            if (split.TryGetValue(fact.Id, out var first)) warnings.Add(TubeErrors.HouseholdSplit(first));
            _answers[i] = new TubeAnswer(fact.Id, TubeVerdict.Recorded, null, warnings);
        }

        var written = new List<TubesWritten>(_posts.Count);
        var at = 0;
        foreach (var post in _posts)
        {
            var own = Enumerable.Range(at, post.Items.Count).ToList();
            // How a tube stands is told to those whose tube it is.
            var codes = own.Where(i => _facts.TryGetValue(_items[i].Fact.TubeCode, out var facts) && facts.Count > 0 && _reach[post.Sender].Admits(facts, _items[i]))
                .Select(i => _items[i].Fact.TubeCode).Distinct(StringComparer.Ordinal);
            written.Add(new TubesWritten([.. own.Select(i => _answers[i]).OfType<TubeAnswer>()], [.. codes.Order(StringComparer.Ordinal).Select(Now)]));
            at += post.Items.Count;
        }
        return written;
    }

    private IEnumerable<int> Open => Enumerable.Range(0, _items.Length).Where(i => _answers[i] is null);

    /// <summary>What arrives arrives when its turn has come, not when it began to wait: figures signed meanwhile are before it.</summary>
    private void Stamp(DateTimeOffset now)
    {
        ReceivedAt = now;
        for (var i = 0; i < _items.Length; i++) _items[i] = _items[i] with { Fact = _items[i].Fact with { ReceivedAt = now } };
    }

    private TubeState Now(string code)
    {
        if (!_now.TryGetValue(code, out var state)) _now[code] = state = _facts[code].Count == 0 ? TubeState.Unopened(code) : TubeFold.Of(code, _facts[code]);
        return state;
    }

    /// <summary>The same fact, whatever the server added to it when it first came and whoever of the same device sends it again.</summary>
    private static bool IsRetry(TubeFact known, TubeFact again) =>
        known.IsSameFactAs(again with { HouseholdId = known.HouseholdId, MostWith = known.MostWith, By = known.By, DeviceId = known.DeviceId });

    /// <summary>Refuses what makes no sense, and adds what the round froze about the people.</summary>
    private static async Task<TubeBatch> PrepareAsync(TubeGround ground, IReadOnlyList<TubePost> posts, DateTimeOffset now, CancellationToken ct)
    {
        List<TubeItem> items = [.. posts.SelectMany(p => p.Items)];
        var facts = items.Select(i => i.Fact with { TubeCode = TubeCode.Read(i.Fact.TubeCode), SeenAt = TubeWriter.Whole(i.Fact.SeenAt), ReceivedAt = now }).ToList();
        var rounds = await ground.RoundsAsync([.. facts.Select(f => f.RoundId).Distinct()], ct);
        var samples = facts.Where(f => f.Kind == TubeFactKind.Sampled && f.PersonId is not null).Select(f => (f.RoundId, f.PersonId.GetValueOrDefault())).Distinct().ToList();
        var roll = samples.Count == 0 ? new Dictionary<(Guid, Guid), Member>() : await ground.RollAsync(samples, ct);
        var strangers = samples.Where(s => !roll.ContainsKey(s)).Select(s => s.Item2).Distinct().ToList();
        var people = await ground.PeopleAsync(strangers, ct);
        var opened = facts.Where(f => f.Kind == TubeFactKind.Opened && f.SiteId is not null).ToList();
        var site = opened.Select(f => f.SiteId.GetValueOrDefault()).Distinct().ToList();
        var sites = new Sites(await ground.SitesAsync(site, ct), []);
        foreach (var sender in posts.Where(p => p.Items.Any(i => i.Fact is { Kind: TubeFactKind.Opened, SiteId: not null })).Select(p => p.Sender).Distinct())
            sites.Own[sender] = await ground.OwnSitesAsync(sender, ct);
        var tables = await ground.TablesAsync([.. opened.Select(f => f.TableId).OfType<Guid>().Distinct()], ct);

        var batch = new TubeBatch(posts, [.. facts.Select((fact, i) =>
        {
            var member = fact.Kind == TubeFactKind.Sampled ? roll.GetValueOrDefault((fact.RoundId, fact.PersonId.GetValueOrDefault())) : null;
            return items[i] with { Fact = fact with { HouseholdId = member?.HouseholdId, MostWith = MostWith(member) } };
        })], now);
        for (var i = 0; i < facts.Count; i++)
            if (batch.Judge(i, rounds, roll, people, sites, tables) is { } error) batch._answers[i] = TubeAnswer.Refuse(facts[i].Id, error);
        return batch;
    }

    /// <summary>A sealed household shares with nobody: a tube of the household asks for no size.</summary>
    private static int? MostWith(Member? member) => member is { PoolClass: PersonClass.SealedHousehold } ? 1 : member?.PoolSize;

    private Error? Judge(
        int at, IReadOnlyDictionary<Guid, TestingRound> rounds, IReadOnlyDictionary<(Guid, Guid), Member> roll, IReadOnlySet<Guid> people,
        Sites sites, IReadOnlyDictionary<Guid, Guid> tables)
    {
        var (fact, isAsked) = (_items[at].Fact, _items[at].IsAsked);
        if (TubeRules.Check(fact) is { IsFailure: true } nonsense) return nonsense.Error;
        if (!rounds.TryGetValue(fact.RoundId, out var round)) return TubeErrors.Round;
        // A second name that the sender writes alone is no second person.
        if (fact.Witness is not null && !_items[at].IsVouched) return TubeErrors.Witness;
        if (round.ClosedAt is not null && isAsked) return TubeErrors.RoundClosed;
        if (fact.Kind == TubeFactKind.Sampled && !roll.ContainsKey((fact.RoundId, fact.PersonId.GetValueOrDefault())))
        {
            if (!people.Contains(fact.PersonId.GetValueOrDefault())) return TubeErrors.Person;
            _warnings[at].Add(TubeErrors.NotInRoll);
        }

        if (fact.Kind != TubeFactKind.Opened || fact.SiteId is not { } site) return null;
        if (!sites.All.Contains(site)) return TubeErrors.Site;
        if (fact.TableId is { } table && (!tables.TryGetValue(table, out var of) || of != site)) return TubeErrors.Table;
        if (sites.Own[_senders[at]].Contains(site) || _items[at].IsVouched) return null;
        if (isAsked) return TubeErrors.Site;
        // Without a network the table may have been the sender's when it happened: kept, and said.
        _warnings[at].Add(TubeErrors.OutOfReach);
        return null;
    }

    private sealed record Sites(IReadOnlySet<Guid> All, Dictionary<Actor, IReadOnlySet<Guid>> Own);
}
