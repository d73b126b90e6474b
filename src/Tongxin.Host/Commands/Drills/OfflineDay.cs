using System.Globalization;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform;

namespace Tongxin.Host.Commands.Drills;

/// <summary>Somebody of the roll.</summary>
internal sealed record DrillPerson(Guid Id, int Campus, Guid Cell, bool IsExcused);

/// <summary>A phone of a table and all that happened there, in its order.</summary>
internal sealed record DrillPhone(Guid Id, int Campus, List<TubeFact> Facts);

/// <summary>What became of a person, told by who acted it out and not by the product.</summary>
/// <param name="Tubes">Tubes with a sample that counts.</param>
/// <param name="IsRecalled">Only in a tube whose code was used twice.</param>
/// <param name="Status">Where the person must stand.</param>
internal sealed record DrillTruth(int Tubes, bool IsRecalled, TestStatus Status);

/// <summary>
/// Forty hours at the tables of campuses that hear nothing of each other: people come or do not, some at two tables, some tube codes are used at
/// two campuses, some people are scanned twice or taken out again. Acted out once by a seed; what must come of it is written down beside it.
/// </summary>
internal sealed class OfflineDay
{
    private const int Together = 10, SecondsEach = 45;
    private const double Hours = 40, Missing = 0.05, Twice = 0.04, ExcusedAndThere = 0.1, ScannedTwice = 0.003, TakenOut = 0.004, Judged = 0.6;
    private const int SharedCodesOf = 250, PositiveOf = 500, FirstPositive = 7;

    private readonly Random _random;
    private readonly Guid _round;
    private readonly DateTimeOffset _start;
    private readonly IReadOnlyList<DrillCampus> _campuses;
    private readonly Dictionary<string, List<Guid>> _inTube = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private readonly List<TubeFact> _reports = [];
    private int _codes;

    private OfflineDay(IReadOnlyList<DrillCampus> campuses, Guid round, DateTimeOffset start, int seed) =>
        (_campuses, _round, _start, _random) = (campuses, round, start, new Random(seed));

    /// <summary>Phones with what they have to say.</summary>
    public IReadOnlyList<DrillPhone> Phones { get; private set; } = [];

    /// <summary>What the laboratory says meanwhile.</summary>
    public IReadOnlyList<TubeFact> Reports => _reports;

    /// <summary>What must come of it.</summary>
    public IReadOnlyDictionary<Guid, DrillTruth> Truth { get; private set; } = new Dictionary<Guid, DrillTruth>();

    public int SharedCodes => _shared.Count;

    public static OfflineDay Act(IReadOnlyList<DrillCampus> campuses, IReadOnlyList<DrillPerson> people, Guid round, DateTimeOffset start, int tablesEach, int seed)
    {
        var day = new OfflineDay(campuses, round, start, seed);
        day.Phones = [.. campuses.SelectMany((_, c) => Enumerable.Range(0, tablesEach).Select(_ => new DrillPhone(Ids.New(), c, [])))];
        day.Sample(day.Queues(people));
        day.Judge();
        day.Truth = people.ToDictionary(p => p.Id, p => day.TruthOf(p.Id));
        return day;
    }

    /// <summary>Who comes to which phone. Who comes twice is at another table the second time, of any campus.</summary>
    private Dictionary<DrillPhone, List<Guid>> Queues(IReadOnlyList<DrillPerson> people)
    {
        var queues = Phones.ToDictionary(p => p, _ => new List<Guid>());
        foreach (var person in people.OrderBy(_ => _random.Next()))
        {
            if (person.IsExcused ? _random.NextDouble() >= ExcusedAndThere : _random.NextDouble() < Missing) continue;
            var own = Phones.Where(p => p.Campus == person.Campus).ToList();
            var first = own[_random.Next(own.Count)];
            queues[first].Add(person.Id);
            if (_random.NextDouble() >= Twice) continue;
            var other = Phones[_random.Next(Phones.Count)];
            if (other != first) queues[other].Add(person.Id);
        }
        return queues;
    }

    private void Sample(Dictionary<DrillPhone, List<Guid>> queues)
    {
        // The same rolls of labels were sent to two campuses.
        var tubes = queues.ToDictionary(q => q.Key, q => q.Value.Chunk(Together).ToList());
        var total = tubes.Values.Sum(t => t.Count);
        var first = tubes.Where(t => t.Key.Campus == 0 && t.Value.Count > 0).Select(t => t.Key).First();
        var second = tubes.Where(t => t.Key.Campus != 0 && t.Value.Count > 0).Select(t => t.Key).First();
        var shared = Math.Min(Math.Max(1, total / SharedCodesOf), Math.Min(tubes[first].Count, tubes[second].Count));
        List<string> codes = [.. Enumerable.Range(0, shared).Select(_ => Code())];
        _shared.UnionWith(codes);
        foreach (var (phone, own) in tubes)
        {
            // One phone's clock is three minutes fast, another's two hours slow: no order of arrival may matter for that.
            var clock = phone == first ? TimeSpan.FromMinutes(3) : phone == second ? TimeSpan.FromHours(-2) : TimeSpan.Zero;
            var pause = TimeSpan.FromHours((Hours - 3) / Math.Max(1, own.Count));
            for (var t = 0; t < own.Count; t++)
                Fill(phone, phone == first || phone == second ? codes.ElementAtOrDefault(t) ?? Code() : Code(), own[t], _start.AddHours(2.5) + (t * pause) + clock);
        }
    }

    private void Fill(DrillPhone phone, string code, Guid[] people, DateTimeOffset at)
    {
        phone.Facts.Add(Fact(phone, code, TubeFactKind.Opened, at) with { Size = Together, SiteId = _campuses[phone.Campus].Site });
        if (!_inTube.TryGetValue(code, out var inside)) _inTube[code] = inside = [];
        var members = 0;
        foreach (var person in people)
        {
            at = at.AddSeconds(1 + _random.Next(SecondsEach));
            var sample = Fact(phone, code, TubeFactKind.Sampled, at) with { PersonId = person };
            phone.Facts.Add(sample);
            if (_random.NextDouble() < ScannedTwice) phone.Facts.Add(Fact(phone, code, TubeFactKind.Sampled, at.AddSeconds(0.5)) with { PersonId = person });
            else if (!_shared.Contains(code) && _random.NextDouble() < TakenOut)
            {
                phone.Facts.Add(Fact(phone, code, TubeFactKind.Withdrawn, at.AddSeconds(0.5)) with { Corrects = sample.Id });
                continue;
            }
            inside.Add(person);
            members++;
        }
        phone.Facts.Add(Fact(phone, code, TubeFactKind.Closed, at.AddSeconds(1)) with { Members = members });
    }

    /// <summary>The laboratory knows some before others have heard that there was a sample. A code used twice is judged too: nobody may be judged by it.</summary>
    private void Judge()
    {
        var number = 0;
        foreach (var code in _inTube.Keys)
        {
            var isPositive = ++number % PositiveOf == FirstPositive && !_shared.Contains(code);
            if (!isPositive && _random.NextDouble() >= Judged) continue;
            _reports.Add(Fact(null, code, TubeFactKind.Resulted, _start.AddHours(Hours)) with { Result = isPositive ? TubeResult.Pos : TubeResult.Neg, Version = 1 });
        }
    }

    private DrillTruth TruthOf(Guid person)
    {
        _tubesOf ??= _inTube.SelectMany(t => t.Value.Distinct().Select(p => (Person: p, Code: t.Key))).ToLookup(x => x.Person, x => x.Code);
        _said ??= _reports.ToDictionary(r => r.TubeCode, r => r.Result, StringComparer.Ordinal);
        var all = _tubesOf[person].ToList();
        var good = all.Where(c => !_shared.Contains(c)).ToList();
        var said = good.Select(c => _said.GetValueOrDefault(c)).ToList();
        var status = said.Contains(TubeResult.Pos) ? TestStatus.PendingRecheck
            : said.Contains(TubeResult.Neg) ? TestStatus.Neg
            : good.Count > 0 ? TestStatus.Sampled
            : all.Count > 0 ? TestStatus.Recalled
            : TestStatus.NotSampled;
        return new DrillTruth(good.Count, good.Count == 0 && all.Count > 0, status);
    }

    private ILookup<Guid, string>? _tubesOf;
    private Dictionary<string, TubeResult?>? _said;

    private TubeFact Fact(DrillPhone? phone, string code, TubeFactKind kind, DateTimeOffset at) => new(Ids.New(), _round, code, kind, at, at) { DeviceId = phone?.Id, By = phone?.Id };

    private string Code() => string.Create(CultureInfo.InvariantCulture, $"A{++_codes:000000}");
}
