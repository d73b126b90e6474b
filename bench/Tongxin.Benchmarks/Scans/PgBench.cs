using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Tongxin.Benchmarks.Scans;

/// <summary>The reference: PostgreSQL's own load program inserts the same row into the same table, one a transaction.</summary>
internal static partial class PgBench
{
    private static readonly string File = Tool.Find("pgbench", "postgresql-contrib");

    public static async Task<double> RunAsync(string connection, Guid gate, int clients, int seconds, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("tongxin-pgbench-").FullName;
        try
        {
            var script = Path.Combine(folder, "scan.sql");
            await System.IO.File.WriteAllTextAsync(script, Script(gate), ct);
            var to = new NpgsqlConnectionStringBuilder(connection);
            var said = await Tool.RunAsync(File,
                ["-n", "-M", "prepared", "-c", $"{clients}", "-j", "2", "-T", $"{seconds}", "-f", script, "-h", to.Host ?? "", "-p", $"{to.Port}", "-U", to.Username ?? "", to.Database ?? ""], ct);
            return double.Parse(Tps().Match(said).Groups["tps"].Value, CultureInfo.InvariantCulture);
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
