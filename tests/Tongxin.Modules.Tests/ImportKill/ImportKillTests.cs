using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shouldly;
using SQLitePCL;
using Tongxin.Core.Common;
using Tongxin.Samples;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Processes;
using Xunit;

namespace Tongxin.Modules.Tests.ImportKill;

/// <summary>The real program is killed while it imports: the register has everybody or nobody, and a second try is whole.</summary>
public sealed class ImportKillTests
{
    // SQLite: parts of what a whole import writes, at which the program is killed: as it begins, in the middle, near the end. It keeps
    // all in memory until the commit, so there the beginning is when somebody has held the right to write for a while.
    private static readonly double[] Moments = [0.02, 0.5, 0.9];

    // PostgreSQL: the import is held before its first row, in the middle, and before its last table.
    private static readonly string[] Tables = ["people_persons", "people_residencies", "people_affiliations"];
    private const string AtWork = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()";
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(50);
    private const int Tries = 3;

    [Theory, BothProviders]
    public async Task Import_KilledAtAnyMoment_LeavesAllOrNothing(Provider provider)
    {
        // The program has the real clock: nobody in the file is born later.
        var place = DemoEstate.Qinyuan(day: CampusCalendar.DayOf(TimeProvider.System.GetUtcNow()));
        await using var database = await TestDatabase.CreateAsync(provider);
        var file = Path.Combine(database.DataFolder, "人口台账.xlsx");
        await using (var stream = File.Create(file)) PopulationWorkbook.Write(stream, place);

        if (provider == Provider.Postgres) await KillHeldAsync(database, file, place.Persons.Count);
        else await KillAsItWritesAsync(database, file, place.Persons.Count);
    }

    private static async Task ImportAsync(TestDatabase database, string file, int persons)
    {
        var (code, said) = await HostProcess.RunAsync(["import", file, .. database.Arguments]);
        code.ShouldBe(0, said);
        (await PersonsAsync(database)).ShouldBe(persons);
    }

    /// <summary>At each table a lock makes the import wait: it is always killed in time, and has written what stands before that table.</summary>
    private static async Task KillHeldAsync(TestDatabase database, string file, int persons)
    {
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync();
        foreach (var table in Tables)
        {
            await using (var holding = await connection.BeginTransactionAsync())
            {
                await using var hold = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables.
                hold.CommandText = $"LOCK TABLE {table} IN EXCLUSIVE MODE";
#pragma warning restore CA2100
                await hold.ExecuteNonQueryAsync();
                using var host = HostProcess.Start(["import", file, .. database.Arguments]);
                var waiting = $"SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation = '{table}'::regclass";
                while (await database.AskAsync(waiting) is 0L)
                {
                    host.HasEnded.ShouldBeFalse(host.Said);
                    await Glance.NextAsync();
                }
                await host.KillAsync();
            }
            // The server hears of the death when it has the lock: only then it is decided.
            while (await database.AskAsync(AtWork) is > 0L) await Glance.NextAsync();
            (await PersonsAsync(database)).ShouldBe(0);
        }
        await ImportAsync(database, file, persons);
    }

    private static async Task KillAsItWritesAsync(TestDatabase whole, string file, int persons)
    {
        var before = Written(whole);
        await ImportAsync(whole, file, persons);
        var written = Written(whole) - before;
        written.ShouldBeGreaterThan(0);

        // A test that always came too late would prove nothing; a busy machine is given a second chance.
        var interrupted = 0;
        for (var i = 0; i < Tries && interrupted == 0; i++) interrupted = await InterruptAsync(file, before, written, persons);

        interrupted.ShouldBeGreaterThan(0);
    }

    /// <summary>How often the import was killed before it was over.</summary>
    private static async Task<int> InterruptAsync(string file, long before, long written, int persons)
    {
        await using var database = await TestDatabase.CreateAsync(Provider.Sqlite);
        var interrupted = 0;
        foreach (var part in Moments)
        {
            using var writer = new WriterWatch(database);
            Func<bool> hasCome = part == Moments[0]
                ? () => writer.HasWrittenFor(AWhile)
                : () => Written(database) >= before + (long)(written * part);
            interrupted += await KillAtAsync(database, file, hasCome) ? 1 : 0;
            var there = await PersonsAsync(database);
            there.ShouldBeOneOf(0, persons);
            if (there > 0) break;
        }
        await ImportAsync(database, file, persons);
        return interrupted;
    }

    /// <summary>False when the import was over before it could be killed.</summary>
    private static async Task<bool> KillAtAsync(TestDatabase database, string file, Func<bool> hasCome)
    {
        using var host = HostProcess.Start(["import", file, .. database.Arguments]);
        while (!host.HasEnded && !hasCome()) await Glance.NextAsync();
        if (host.HasEnded) return false;
        await host.KillAsync();
        return await PersonsAsync(database) == 0;
    }

    /// <summary>Bytes of the database, those of a transaction that is not committed too.</summary>
    private static long Written(TestDatabase database)
    {
        var log = new FileInfo($"{database.Connection}-wal");
        return new FileInfo(database.Connection).Length + (log.Exists ? log.Length : 0);
    }

    private static async Task<int> PersonsAsync(TestDatabase database) => (int)await database.CountAsync("people_persons");

    /// <summary>Sees how long another process has been within one write transaction; SQLite answers without waiting.</summary>
    private sealed class WriterWatch : IDisposable
    {
        private readonly SqliteConnection _connection;
        private long? _since;

        public WriterWatch(TestDatabase database)
        {
            _connection = new SqliteConnection($"Data Source={database.Connection};Pooling=False");
            _connection.Open();
        }

        public bool HasWrittenFor(TimeSpan time)
        {
            if (raw.sqlite3_exec(_connection.Handle, "BEGIN IMMEDIATE") != raw.SQLITE_BUSY)
            {
                raw.sqlite3_exec(_connection.Handle, "ROLLBACK");
                _since = null;
                return false;
            }
            _since ??= Stopwatch.GetTimestamp();
            return Stopwatch.GetElapsedTime(_since.Value) >= time;
        }

        public void Dispose() => _connection.Dispose();
    }
}
