using System.Diagnostics;
using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;

namespace Tongxin.Benchmarks.Samples;

/// <summary>
/// Looks at the round's figures every second through the product's contract, as the office does: in each cell and place 应检 = 已检 + 未检 + 免检 of the
/// frozen roll, no fewer done than were acknowledged before the look, no more than had been sent when it ended.
/// </summary>
internal sealed class IdentityWatch(TestingCampus campus, SampleTally tally)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public int Looks { get; private set; }
    public int Deviations { get; private set; }
    public int Done { get; private set; }
    public int Outstanding { get; private set; }

    /// <summary>How long a look takes.</summary>
    public Sample Times { get; } = new();

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            using var timer = new PeriodicTimer(Every);
            while (await timer.WaitForNextTickAsync(stop)) await LookAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The last person was sampled.
        }
    }

    public async Task LookAsync(CancellationToken ct)
    {
        var least = tally.PeopleIn;
        var began = Stopwatch.GetTimestamp();
        var figures = await campus.AskAsync((IRounds r) => r.FiguresAsync(campus.Round, RoundReach.All, ct));
        Times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        var most = tally.PeopleSent;
        var now = figures.GroupBy(f => (f.CellId, f.PlaceId)).ToDictionary(g => g.Key, g => g.Sum(f => f.Count));
        Done = Of(TargetStatus.Done);
        Outstanding = Of(TargetStatus.Outstanding);
        var holds = now.Count == campus.Roll.Count && campus.Roll.All(r => now.GetValueOrDefault(r.Key) == r.Value)
            && Done >= least && Done <= most && Done + Outstanding + campus.Excused == campus.Roll.Values.Sum() && Of(TargetStatus.Excused) == campus.Excused;
        Looks++;
        if (!holds) Deviations++;

        int Of(TargetStatus status) => figures.Where(f => f.Status == status).Sum(f => f.Count);
    }
}
