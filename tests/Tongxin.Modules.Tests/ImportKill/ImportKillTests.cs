using Microsoft.Data.Sqlite;
using Npgsql;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Samples;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Processes;
using Xunit;

namespace Tongxin.Modules.Tests.ImportKill;

/// <summary>The real program is killed while it imports: the register has everybody or nobody, and the next start works.</summary>
public sealed class ImportKillTests
{
    // Parts of what a whole import writes, at which the program is killed: as it begins, in the middle, near the end.
    private static readonly double[] Moments = [0.02, 0.5, 0.9];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Import_KilledAtAnyMoment_LeavesAllOrNothing(Provider provider)
    {
        // The program has the real clock: nobody in the file is born later.
        var place = DemoEstate.Qinyuan(day: CampusCalendar.DayOf(TimeProvider.System.GetUtcNow()));
        await using var whole = await TestDatabase.CreateAsync(provider);
        var file = Path.Combine(whole.DataFolder, "人口台账.xlsx");
        await using (var stream = File.Create(file)) PopulationWorkbook.Write(stream, place);
        var before = await WrittenAsync(whole);
        var (code, said) = await HostProcess.RunAsync(["import", file, .. whole.Arguments]);
        code.ShouldBe(0, said);
        (await PersonsAsync(whole)).ShouldBe(place.Persons.Count);
        var written = await WrittenAsync(whole) - before;
        written.ShouldBeGreaterThan(0);

        await using var database = await TestDatabase.CreateAsync(provider);
        var interrupted = 0;
        foreach (var part in Moments)
        {
            interrupted += await KillAtAsync(database, file, before + (long)(written * part)) ? 1 : 0;
            var there = await PersonsAsync(database);
            there.ShouldBeOneOf(0, place.Persons.Count);
            if (there > 0) break;
        }

        // A test that always came too late would prove nothing.
        interrupted.ShouldBeGreaterThan(0);
        await StartsAsync(database);
        (code, said) = await HostProcess.RunAsync(["import", file, .. database.Arguments]);
        code.ShouldBe(0, said);
        (await PersonsAsync(database)).ShouldBe(place.Persons.Count);
        (await HostProcess.RunAsync(["verify", .. database.Arguments])).Code.ShouldBe(0);
    }

    /// <summary>False when the import was over before it could be killed.</summary>
    private static async Task<bool> KillAtAsync(TestDatabase database, string file, long written)
    {
        using var host = HostProcess.Start(["import", file, .. database.Arguments]);
        while (!host.HasEnded && await WrittenAsync(database) < written) await Task.Yield();
        if (host.HasEnded) return false;
        await host.KillAsync();
        return await PersonsAsync(database) == 0;
    }

    private static async Task StartsAsync(TestDatabase database)
    {
        using var host = HostProcess.Start(["run", .. database.Arguments, "--urls=http://127.0.0.1:0"]);
        var line = await host.WaitForLineAsync("answers at");
        using var http = new HttpClient { BaseAddress = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0]) };
        (await http.GetAsync(new Uri("/health/live", UriKind.Relative), Ct)).EnsureSuccessStatusCode();
        (await http.GetAsync(new Uri("/sign-in", UriKind.Relative), Ct)).EnsureSuccessStatusCode();
        await host.KillAsync();
    }

    /// <summary>Bytes that persons take up, those of a transaction that is not committed too.</summary>
    private static async Task<long> WrittenAsync(TestDatabase database)
    {
        if (database.Provider == Provider.Sqlite)
        {
            var log = new FileInfo($"{database.Connection}-wal");
            return new FileInfo(database.Connection).Length + (log.Exists ? log.Length : 0);
        }
        return await AskPostgresAsync<long>(database, "SELECT pg_relation_size('people_persons')");
    }

    private static async Task<int> PersonsAsync(TestDatabase database)
    {
        const string sql = "SELECT COUNT(*) FROM people_persons";
        if (database.Provider == Provider.Postgres) return (int)await AskPostgresAsync<long>(database, sql);
        await using var connection = new SqliteConnection($"Data Source={database.Connection};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (int)(long)(await command.ExecuteScalarAsync(Ct) ?? 0L);
    }

    private static async Task<T> AskPostgresAsync<T>(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(Ct) ?? throw new InvalidOperationException("No answer."));
    }
}
