using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Sampling.Pools;

namespace Tongxin.Benchmarks.Pools;

/// <summary>A whole round replayed from its facts: 3,000 tubes of ten, one in a hundred positive, every fact twice and out of order.</summary>
internal sealed class PoolFoldBenchmark : IBenchmark
{
    private const int Tubes = 3000, Size = 10, Repeats = 5;
    private const double MostMilliseconds = 1000;
    private static readonly DateTimeOffset Start = new(2022, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public string Name => "pools";

    public string About => "3,000 tubes and 30,000 people folded from 78,000 facts (each twice, shuffled), and the list of rechecks";

    public Task<Measurement> RunAsync(CancellationToken ct)
    {
        var round = Guid.CreateVersion7(Start);
        var byTube = Facts(round).GroupBy(f => f.TubeCode).Select(g => (g.Key, Facts: g.ToList())).ToList();
        var times = new Sample();
        var (people, rechecks) = (0, 0);
        for (var i = 0; i < Repeats; i++)
        {
            times.Add(Sample.Milliseconds(() =>
            {
                var tubes = byTube.ConvertAll(t => TubeFold.Of(t.Key, t.Facts));
                var states = MemberFold.All(round, tubes);
                people = states.Count(s => s.IsCounted);
                rechecks = states.Count(s => s.Status == TestStatus.PendingRecheck);
            }));
        }

        return Task.FromResult(new Measurement($"{MostMilliseconds} ms", times.Median / MostMilliseconds, 1, new Dictionary<string, object>
        {
            ["tubes"] = Tubes,
            ["facts"] = byTube.Sum(t => t.Facts.Count),
            ["people counted"] = people,
            ["rechecks"] = rechecks,
            ["all tubes and people ms (median)"] = Math.Round(times.Median, 1),
        }, people == Tubes * Size && rechecks == Tubes / 100 * Size));
    }

    private static List<TubeFact> Facts(Guid round)
    {
        var order = new Random(4);
        var facts = new List<TubeFact>();
        var (phone, clerk, site, table) = (Guid.CreateVersion7(Start), Guid.CreateVersion7(Start), Guid.CreateVersion7(Start), Guid.CreateVersion7(Start));
        for (var t = 0; t < Tubes; t++)
        {
            var code = $"T{t:000000}";
            var at = Start.AddMinutes(t);
            TubeFact New(TubeFactKind kind, int second) => new(Guid.CreateVersion7(at.AddSeconds(second)), round, code, kind, at.AddSeconds(second), at.AddMinutes(5)) { DeviceId = phone, By = clerk };
            facts.Add(New(TubeFactKind.Opened, 0) with { Size = Size, SiteId = site, TableId = table });
            for (var i = 0; i < Size; i++) facts.Add(New(TubeFactKind.Sampled, 1 + i) with { PersonId = Guid.CreateVersion7(at) });
            facts.Add(New(TubeFactKind.Closed, 30) with { Members = Size });
            facts.Add(New(TubeFactKind.Resulted, 50) with { Result = t % 100 == 0 ? TubeResult.Pos : TubeResult.Neg, Version = 1 });
        }

        return [.. facts.Concat(facts.Select(f => f with { ReceivedAt = f.ReceivedAt.AddHours(40) })).OrderBy(_ => order.Next())];
    }
}
