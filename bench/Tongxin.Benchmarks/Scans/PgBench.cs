using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Tongxin.Benchmarks.Harness;

namespace Tongxin.Benchmarks.Scans;

/// <summary>The reference: PostgreSQL's own load program inserts the same row into the same table, one a transaction.</summary>
internal static partial class PgBench
{
    private static readonly string File = Tool.Find("pgbench", "postgresql-contrib");

    public static Task<double> RunAsync(string connection, Guid gate, int clients, int seconds, CancellationToken ct) =>
        InFolderAsync(async folder =>
        {
            var said = await LoadAsync(folder, connection, gate, ["-c", $"{clients}", "-T", $"{seconds}"], ct);
            return double.Parse(Tps().Match(said).Groups["tps"].Value, CultureInfo.InvariantCulture);
        });

    /// <summary>So many a second, however long they take: milliseconds of each, from when it was due.</summary>
    public static Task<Sample> SteadyAsync(string connection, Guid gate, int clients, int perSecond, int seconds, CancellationToken ct) =>
        InFolderAsync(async folder =>
        {
            const int MicrosecondsColumn = 2;
            var log = Path.Combine(folder, "log");
            await LoadAsync(folder, connection, gate, ["-c", $"{clients}", "-T", $"{seconds}", "-R", $"{perSecond}", "-l", "--log-prefix", log], ct);
            var times = new Sample();
            foreach (var file in Directory.GetFiles(folder, "log*"))
                await foreach (var line in System.IO.File.ReadLinesAsync(file, ct))
                    times.Add(double.Parse(line.Split(' ')[MicrosecondsColumn], CultureInfo.InvariantCulture) / 1000);
            return times;
        });

    private static async Task<string> LoadAsync(string folder, string connection, Guid gate, string[] how, CancellationToken ct)
    {
        var script = Path.Combine(folder, "scan.sql");
        await System.IO.File.WriteAllTextAsync(script, Script(gate), ct);
        var to = new NpgsqlConnectionStringBuilder(connection);
        return await Tool.RunAsync(File,
            ["-n", "-M", "prepared", "-j", "2", .. how, "-f", script, "-h", to.Host ?? "", "-p", $"{to.Port}", "-U", to.Username ?? "", to.Database ?? ""], ct);
    }

    private static async Task<T> InFolderAsync<T>(Func<string, Task<T>> work)
    {
        var folder = Directory.CreateTempSubdirectory("tongxin-pgbench-").FullName;
        try
        {
            return await work(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The id as a device would make it: of this moment, version 7, the rest by chance.
    private static string Script(Guid gate) => $"""
        \set high random(0, 4095)
        \set low random(0, 140737488355327)
        INSERT INTO access_scans (id, gate_id, lane, kind, subject, pass_ref, permit_id, plate, verdict, colour, reason_code, temperature_centi, seen_at, offline, companions, device_id, account_id, received_at, doubt)
        SELECT own, '{gate}', '1', 'In', 'Pass', own, NULL, NULL, 'Passed', 'Green', NULL, 3650, now(), false, 0, '{gate}', '{gate}', now(), NULL
        FROM (SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(:high::int), 3, '0') || '8000' || lpad(to_hex(:low::bigint), 12, '0'))::uuid AS own) x;
        """;

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tps();
}
