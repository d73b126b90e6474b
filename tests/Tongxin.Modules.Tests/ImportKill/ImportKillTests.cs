using System.Diagnostics;
using Microsoft.Data.Sqlite;
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
    // Parts of what a whole import writes, at which the program is killed: as it begins, in the middle, near the end. SQLite keeps
    // it all in memory until the commit, so there the beginning is when somebody has held the right to write for a while.
    private static readonly double[] Moments = [0.02, 0.5, 0.9];
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(50);
    private const int Tries = 3;

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

        // A test that always came too late would prove nothing; a busy machine is given a second chance.
        var interrupted = 0;
        for (var i = 0; i < Tries && interrupted == 0; i++) interrupted = await InterruptAsync(provider, file, before, written, place.Persons.Count);

        interrupted.ShouldBeGreaterThan(0);
    }

    /// <summary>How often the import was killed before it was over.</summary>
    private static async Task<int> InterruptAsync(Provider provider, string file, long before, long written, int persons)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var interrupted = 0;
        foreach (var part in Moments)
        {
            using var writer = new WriterWatch(database);
            Func<Task<bool>> hasCome = provider == Provider.Sqlite && part == Moments[0]
                ? () => Task.FromResult(writer.HasWrittenFor(AWhile))
                : async () => await WrittenAsync(database) >= before + (long)(written * part);
            interrupted += await KillAtAsync(database, file, hasCome) ? 1 : 0;
            var there = await PersonsAsync(database);
            there.ShouldBeOneOf(0, persons);
            if (there > 0) break;
        }

        var (code, said) = await HostProcess.RunAsync(["import", file, .. database.Arguments]);
        code.ShouldBe(0, said);
        (await PersonsAsync(database)).ShouldBe(persons);
        return interrupted;
    }

    /// <summary>False when the import was over before it could be killed.</summary>
    private static async Task<bool> KillAtAsync(TestDatabase database, string file, Func<Task<bool>> hasCome)
    {
        using var host = HostProcess.Start(["import", file, .. database.Arguments]);
        while (!host.HasEnded && !await hasCome()) await Task.Yield();
        if (host.HasEnded) return false;
        await host.KillAsync();
        return await PersonsAsync(database) == 0;
    }

    /// <summary>Bytes that persons take up, those of a transaction that is not committed too.</summary>
    private static async Task<long> WrittenAsync(TestDatabase database)
    {
        if (database.Provider == Provider.Sqlite)
        {
            var log = new FileInfo($"{database.Connection}-wal");
            return new FileInfo(database.Connection).Length + (log.Exists ? log.Length : 0);
        }
        return await database.AskAsync("SELECT pg_relation_size('people_persons')") as long? ?? 0;
    }

    private static async Task<int> PersonsAsync(TestDatabase database) => (int)await database.CountAsync("people_persons");

    /// <summary>Sees how long another process has been within one write transaction; SQLite answers without waiting.</summary>
    private sealed class WriterWatch : IDisposable
    {
        private readonly SqliteConnection? _connection;
        private long? _since;

        public WriterWatch(TestDatabase database)
        {
            if (database.Provider != Provider.Sqlite) return;
            _connection = new SqliteConnection($"Data Source={database.Connection};Pooling=False");
            _connection.Open();
        }

        public bool HasWrittenFor(TimeSpan time)
        {
            if (raw.sqlite3_exec(_connection?.Handle, "BEGIN IMMEDIATE") != raw.SQLITE_BUSY)
            {
                raw.sqlite3_exec(_connection?.Handle, "ROLLBACK");
                _since = null;
                return false;
            }
            _since ??= Stopwatch.GetTimestamp();
            return Stopwatch.GetElapsedTime(_since.Value) >= time;
        }

        public void Dispose() => _connection?.Dispose();
    }
}
