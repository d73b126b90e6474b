using System.Diagnostics;
using System.Text;
using ExcelDataReader;
using Microsoft.EntityFrameworkCore;
using Tongxin.Benchmarks.Harness;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Benchmarks.Import;

/// <summary>
/// The whole way of a population workbook into an empty register, commit included, against a bare reading of the same file's
/// cells. Both in this process, warm, in turns: what disturbs the machine disturbs both.
/// </summary>
internal sealed class ImportBenchmark(string name, Provider provider, double bar) : IBenchmark
{
    private const int Pairs = 5;
    private const int MostMegabytes = 400;

    public string Name => name;

    public string About => $"Import of 30,000 persons into an empty register on {provider}, commit included; memory of a process that does one";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Read();
        await ImportAsync(ct);

        Sample read = new(), imported = new(), again = new(), ratios = new();
        var rows = 0;
        for (var pair = 0; pair < Pairs; pair++)
        {
            GC.Collect();
            var reference = Sample.Milliseconds(() => Read());
            GC.Collect();
            var (first, second, count) = await ImportAsync(ct);
            rows = count;
            read.Add(reference);
            imported.Add(first);
            again.Add(second);
            ratios.Add(first / reference);
        }

        var peak = await OneImport.PeakMegabytesAsync(provider, ct);
        return new Measurement("ExcelDataReader reading every cell of the same file", ratios.Median, bar, new Dictionary<string, object>
        {
            ["rows"] = rows,
            ["reference ms (median)"] = Math.Round(read.Median),
            ["import ms (median)"] = Math.Round(imported.Median),
            ["same file again ms (median)"] = Math.Round(again.Median),
            ["pairs"] = Pairs,
            ["peak memory MB"] = Math.Round(peak),
            ["peak memory bar MB"] = MostMegabytes,
        }, peak < MostMegabytes);
    }

    private static int Read()
    {
        using var reader = ExcelReaderFactory.CreateReader(PopulationFile.Open());
        var filled = 0;
        while (reader.Read())
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                if (reader.GetValue(column) is not null) filled++;
            }
        }

        return filled;
    }

    /// <summary>Each time into a database of its own; the second import of the same file must find nothing to do.</summary>
    private async Task<(double First, double Second, int Rows)> ImportAsync(CancellationToken ct)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        // The connection and the model are there before the clock runs, as in a server that is up.
        await app.ReadAsync(db => db.Users.CountAsync(ct));
        var (first, summary) = await TimedAsync(app, ct);
        if (summary.New != summary.RowsIn) throw new InvalidOperationException($"Not every row was new: {summary with { RejectedRows = [] }}, {string.Join(", ", summary.RejectedRows.GroupBy(r => r.Code).Select(g => $"{g.Key} {g.Count()} at {g.First().Cell}"))}");
        var (second, repeated) = await TimedAsync(app, ct);
        if (repeated.Unchanged != repeated.RowsIn) throw new InvalidOperationException($"{repeated.RowsIn - repeated.Unchanged} of {repeated.RowsIn} rows changed something the second time.");
        return (first, second, summary.RowsIn);
    }

    private static Task<(double Milliseconds, ImportSummary Summary)> TimedAsync(TongxinApp app, CancellationToken ct) =>
        app.CallAsync<IPopulationImport, (double, ImportSummary)>(async import =>
        {
            var started = Stopwatch.GetTimestamp();
            var result = await import.ImportAsync(PopulationFile.Open(), PopulationFile.Name, completeRoll: false, campus: null, Actor.System, ct);
            return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, result.Value);
        });
}
