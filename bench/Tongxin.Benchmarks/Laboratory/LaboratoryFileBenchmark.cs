using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Tongxin.Benchmarks.Harness;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Host.Commands.Drills;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Benchmarks.Laboratory;

/// <summary>A laboratory's file for a whole campus: read, checked and published, round after round; somebody else looks on and must see all of it or nothing.</summary>
internal sealed class LaboratoryFileBenchmark : IBenchmark
{
    private const int Rounds = 2, Positive = 3, LookEachMs = 250;
    private const double MostSeconds = 3;

    public string Name => "laboratory-file";

    public string About => $"A laboratory's file of {TestedCampus.Tubes:N0} tubes with ten people each, read, checked and published on PostgreSQL with fsync: the slowest of {Rounds} rounds, after one that is not counted";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        var (campus, round) = await TestedCampus.BuildAsync(ct);
        await using var closing = campus;
        var (check, both) = (new Sample(), new Sample());
        double first = 0;
        var (looks, torn, wrong) = (0, 0, 0);
        for (var turn = 0; turn <= Rounds; turn++)
        {
            if (turn > 0) round = await round.AgainAsync(ct);
            await campus.SettleAsync(ct);
            var file = SampledRound.File(round.Tubes, t => round.Tubes.Take(Positive).Contains(t) ? TubeResult.Pos : TubeResult.Neg);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var watching = WatchAsync(campus, round.Round, over.Token);

            var began = Stopwatch.GetTimestamp();
            var outcome = await round.UploadAsync(file, ct);
            var read = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            var published = await round.PublishAsync(outcome.FileId, ct);
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            // The first one waits for the compiler too: a server that has run for a day has compiled it.
            if (turn == 0) first = took;
            else
            {
                check.Add(read);
                both.Add(took);
            }

            await over.CancelAsync();
            var seen = await watching;
            looks += seen.Count;
            torn += seen.Count(s => s != 0 && s != TestedCampus.Tubes);
            var count = await round.CountAsync(ct);
            if (published.IsFailure || published.Value.New != TestedCampus.Tubes || count.GetValueOrDefault(TestStatus.PendingRecheck) != Positive * SampledRound.PoolSize
                || count.GetValueOrDefault(TestStatus.Neg) != (TestedCampus.Tubes - Positive) * SampledRound.PoolSize) wrong++;
            await Console.Error.WriteLineAsync($"  round {turn}: read and check {read:0} ms, with publishing {took:0} ms");
        }

        var held = await HeldBackAsync(await round.AgainAsync(ct), ct);
        return new Measurement($"{MostSeconds} s for reading, checking and publishing; also nobody saw a part of it, and one wrong row keeps all of it back", both.At(1) / 1000 / MostSeconds, 1, new Dictionary<string, object>
        {
            ["tubes"] = TestedCampus.Tubes,
            ["people"] = TestedCampus.People,
            ["check and publish ms (median)"] = Math.Round(both.Median),
            ["check and publish ms (slowest)"] = Math.Round(both.At(1)),
            ["the first in a program that never did it ms"] = Math.Round(first),
            ["read and check ms (median)"] = Math.Round(check.Median),
            ["looks from elsewhere meanwhile"] = looks,
            ["looks that saw a part of it"] = torn,
            ["rounds with a wrong figure"] = wrong,
            ["a wrong row keeps all back"] = held ? "yes" : "no",
        }, torn == 0 && wrong == 0 && held);
    }

    /// <summary>How many tubes of the round have a result, as others see it.</summary>
    private static async Task<List<int>> WatchAsync(TestedCampus campus, Guid round, CancellationToken ct)
    {
        var seen = new List<int>();
        try
        {
            while (true)
            {
                seen.Add(await campus.DoAsync((TongxinDb db) => db.Set<TubeRow>().CountAsync(t => t.RoundId == round && t.ResultVersion > 0, ct)));
                await Task.Delay(LookEachMs, ct);
            }
        }
        catch (OperationCanceledException)
        {
            return seen;
        }
    }

    private static async Task<bool> HeldBackAsync(SampledRound round, CancellationToken ct)
    {
        var outcome = await round.UploadAsync(SampledRound.File(round.Tubes.Select((t, n) => n == 7 ? t with { Code = "NO-SUCH-TUBE" } : t)), ct);
        return outcome is { IsHeldBack: true, Refused: 1 } && (await round.PublishAsync(outcome.FileId, ct)).IsFailure
            && (await round.CountAsync(ct)).GetValueOrDefault(TestStatus.Sampled) == TestedCampus.People;
    }
}
