using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Samples;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Processes;
using Xunit;

namespace Tongxin.Modules.Tests.RealProgram;

/// <summary>The serving program is killed while it takes an import into the register: everybody or nobody, and the work is taken up again.</summary>
public sealed class CommitKillTests
{
    private const string Begun = "platform_jobs WHERE kind = 'people.import.commit' AND started_at IS NOT NULL";
    private const string Ended = "platform_jobs WHERE kind = 'people.import.commit' AND finished_at IS NOT NULL";
    private const string Unsealed = "platform_journal WHERE position IS NULL";

    // A busy machine may come too late: then nothing was proved, and it is tried again.
    private const int Tries = 3;

    [Theory, BothProviders]
    public async Task Commit_ServerKilledMeanwhile_IsTakenUpAgainAndCountsOnce(Provider provider)
    {
        var interrupted = false;
        for (var i = 0; i < Tries && !interrupted; i++) interrupted = await CommitAndKillAsync(provider);

        interrupted.ShouldBeTrue();
    }

    /// <summary>False when the import was over before the kill.</summary>
    private static async Task<bool> CommitAndKillAsync(Provider provider)
    {
        // The program has the real clock: nobody in the file is born later.
        var place = DemoEstate.Qinyuan(day: CampusCalendar.DayOf(TimeProvider.System.GetUtcNow()));
        using var workbook = new MemoryStream();
        PopulationWorkbook.Write(workbook, place);
        await using var database = await TestDatabase.CreateAsync(provider);
        var desk = await ImportDesk.SetUpAsync(database);
        string address;
        using (var host = await HostProcess.ServeAsync(database.Arguments))
        {
            using var office = await desk.FirstSignInAsync(host);
            address = await ImportDesk.PreviewAsync(office, "人口台账.xlsx", workbook.ToArray());
            (await PersonsAsync(database)).ShouldBe(0);
            await (await office.OpenAsync(address)).SubmitAsync("#commit form");
            // Between a job's beginning and its end lies the whole import.
            while (await database.CountAsync(Begun) == 0) await Glance.NextAsync();
            await host.KillAsync();
        }

        var there = await PersonsAsync(database);
        there.ShouldBeOneOf(0, place.Persons.Count);
        await BuryAsync(database);
        using (var host = await HostProcess.ServeAsync(database.Arguments))
        {
            using var office = await ImportDesk.SignInAsync(host);
            (await ImportDesk.WorkedAsync(office, address)).All("#result a[href='/people']").Count.ShouldBe(1);
            while (await database.CountAsync(Unsealed) > 0) await Glance.NextAsync();
            await host.KillAsync();
        }

        (await PersonsAsync(database)).ShouldBe(place.Persons.Count);
        (await database.CountAsync(Ended)).ShouldBe(1);
        (await HostProcess.RunAsync(["verify", .. database.Arguments])).Code.ShouldBe(0);
        return there == 0;
    }

    /// <summary>Where several nodes may serve, the others wait two minutes before they hold one for dead: the two minutes pass.</summary>
    private static Task<int> BuryAsync(TestDatabase database) => database.Provider == Provider.Postgres
        ? database.ExecuteAsync("UPDATE platform_outbox SET claimed_until = now() - interval '1 second' WHERE claimed_until IS NOT NULL")
        : Task.FromResult(0);

    private static Task<long> PersonsAsync(TestDatabase database) => database.CountAsync("people_persons");
}
