using System.Diagnostics;
using System.Globalization;
using Tongxin.Benchmarks.Harness;

namespace Tongxin.Benchmarks.Samples;

/// <summary>30,000 samples of six hours with a tenfold burst, by 48 phones through the real program.</summary>
internal sealed class SamplesBenchmark : IBenchmark
{
    private const double MostP99 = 500, MostOpening = 10;

    /// <summary>Phones of four that send at once instead of as the field app does.</summary>
    private const int HastyOf = 4;

    // A look while working on it: a part of the people.
    private static readonly int Part = Environment.GetEnvironmentVariable("TONGXIN_BENCH_QUICK") is "1" ? 6 : 1;

    /// <summary>Six hours in four minutes.</summary>
    private const double Times = 90;

    private static readonly TimeSpan RehearsalSeconds = TimeSpan.FromSeconds(30);

    public string Name => "samples";

    public string About => string.Create(CultureInfo.InvariantCulture, $"30,000 samples of 6 h with 10x arrivals for 20 min, replayed {Times:0}x faster by the phones of 48 tables beside PostgreSQL with fsync: p99 of the answer under {MostP99:0} ms, none lost, none twice, the identity of the round exact each second");

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        await using var campus = await TestingCampus.StartAsync(ct);
        await Console.Error.WriteLineAsync($"  opened in {campus.OpenSeconds:0.0} s, planned and published in {campus.PlanSeconds:0.0} s; {campus.People.Count} to be sampled, {campus.Excused} excused");
        await RehearseAsync(campus, ct);
        var people = campus.People.Take(campus.People.Count / Part).ToList();
        var day = new Day(people.Count, Times * Part);
        var tally = new SampleTally();
        var watch = new IdentityWatch(campus, tally);
        var phones = Phones(campus, campus.Round, "S", people, day.At, tally);
        try
        {
            using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var used = campus.Host.ProcessorTime;
            var began = Stopwatch.GetTimestamp();
            var watching = watch.RunAsync(done.Token);
            await Task.WhenAll(phones.Select(p => p.RunAsync(began, ct)));
            var took = Stopwatch.GetElapsedTime(began);
            used = campus.Host.ProcessorTime - used;
            await done.CancelAsync();
            await watching;
            await watch.LookAsync(ct);
            var (notOnce, unknown) = await tally.CompareAsync(campus.Connection, campus.Round, ct);
            await Console.Error.WriteLineAsync($"  {tally.Requests} requests in {took.TotalSeconds:0} s, {used.TotalMilliseconds / tally.Requests:0.0} ms of processor each, p50 {tally.Answers.Median:0} ms, p99 {tally.Answers.At(0.99):0} ms, longest {tally.Answers.At(1):0} ms; busy {tally.Busy}, wrong {tally.Wrong}, not once {notOnce}, unknown {unknown}; {watch.Looks} looks, {watch.Deviations} deviations");
            var holds = notOnce == 0 && unknown == 0 && tally.Wrong == 0 && watch.Deviations == 0 && watch.Done == people.Count
                && campus.OpenSeconds < MostOpening && campus.PlanSeconds < MostOpening;
            return new Measurement(
                $"{MostP99:0} ms for the 99th percentile of answers; also no fact lost or twice, no deviation of the identity, and opening and planning under {MostOpening:0} s each",
                tally.Answers.At(0.99) / MostP99, 1, new Dictionary<string, object>
                {
                    ["people sampled"] = people.Count,
                    ["replayed in s"] = Math.Round(took.TotalSeconds),
                    ["usual samples/s"] = Math.Round(day.UsualPerSecond),
                    ["samples/s of the burst"] = Math.Round(day.BurstPerSecond),
                    ["requests"] = tally.Requests,
                    ["facts acknowledged"] = tally.Acknowledgements,
                    ["p50 of the answer ms"] = Math.Round(tally.Answers.Median, 1),
                    ["p99 of the answer ms"] = Math.Round(tally.Answers.At(0.99), 1),
                    ["longest answer ms"] = Math.Round(tally.Answers.At(1)),
                    ["p99 from swab to answer ms, with the phone's pause"] = Math.Round(tally.FromSwab.At(0.99)),
                    ["processor ms of the program for a request"] = Math.Round(used.TotalMilliseconds / tally.Requests, 1),
                    ["asked to come again"] = tally.Busy,
                    ["acknowledged and not there exactly once"] = notOnce,
                    ["there and never acknowledged"] = unknown,
                    ["wrong answers"] = tally.Wrong,
                    ["looks at the identity"] = watch.Looks,
                    ["deviations"] = watch.Deviations,
                    ["a look at the figures ms (median)"] = Math.Round(watch.Times.Median, 1),
                    ["opening the round s"] = Math.Round(campus.OpenSeconds, 1),
                    ["planning and publishing s"] = Math.Round(campus.PlanSeconds, 1),
                }, holds);
        }
        finally
        {
            foreach (var phone in phones) phone.Dispose();
        }
    }

    /// <summary>Until the compiler behind the program has nothing more to do; nothing of it is counted.</summary>
    private static async Task RehearseAsync(TestingCampus campus, CancellationToken ct)
    {
        var (round, people) = campus.Rehearsal;
        var phones = Phones(campus, round, "P", people, n => n * RehearsalSeconds / people.Count, new SampleTally());
        try
        {
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(phones.Select(p => p.RunAsync(began, ct)));
        }
        finally
        {
            foreach (var phone in phones) phone.Dispose();
        }
    }

    /// <summary>People go to the tables in turn.</summary>
    private static List<TablePhone> Phones(TestingCampus campus, Guid round, string prefix, IReadOnlyList<Guid> people, Func<int, TimeSpan> at, SampleTally tally)
    {
        var start = TimeProvider.System.GetUtcNow();
        return [.. campus.Tables.Select((table, t) =>
        {
            var own = people.Select((person, n) => (Person: person, At: at(n), Table: n % campus.Tables.Count)).Where(x => x.Table == t).Select(x => (x.Person, x.At)).ToList();
            var facts = TablePhone.Facts(round, table, string.Create(CultureInfo.InvariantCulture, $"{prefix}{t:00}-"), own, start);
            return new TablePhone(campus.Host.Address, table, facts, t % HastyOf == 0, t, tally);
        })];
    }
}
