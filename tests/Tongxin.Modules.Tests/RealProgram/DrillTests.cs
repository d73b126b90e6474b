using Shouldly;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Processes;
using Xunit;

namespace Tongxin.Modules.Tests.RealProgram;

/// <summary>The drills of mass testing in small, as somebody starts them.</summary>
public sealed class DrillTests
{
    [Theory, BothProviders]
    public Task Offline_FewPeople_EverybodyComesOutAlikeInAnyOrder(Provider provider) =>
        ShouldHoldAsync(provider, "offline", "Nobody lost", "Nobody twice", "The same state whatever the order", "used twice");

    [Theory, BothProviders]
    public Task Rush_FewPeople_FiguresAreExactInEachMinute(Provider provider) =>
        ShouldHoldAsync(provider, "rush", "Exact in each of", "counted, each once", "forecast", "rush");

    [Theory, BothProviders]
    public Task Laboratory_FewPeople_AWrongFileIsKeptBackAndNobodyIsPositiveByAPool(Provider provider) =>
        ShouldHoldAsync(provider, "laboratory", "the whole file back", "published as a whole", "only those", "neighbours");

    [Fact]
    public async Task Drill_InAnInstallationOrWithoutAName_DoesNothing()
    {
        await using var database = await TestDatabase.CreateDemoAsync(Provider.Sqlite);
        var entries = await database.CountAsync("platform_journal");

        var (code, said) = await HostProcess.RunAsync(["drill", "offline", .. database.Arguments]);
        var (misuse, usage) = await HostProcess.RunAsync(["drill", "nothing", .. database.Arguments]);

        (code, misuse).ShouldBe((1, 2));
        said.ShouldContain("nothing was drilled");
        usage.ShouldContain("usage: drill");
        (await database.CountAsync("platform_journal")).ShouldBe(entries);
    }

    [Fact]
    public async Task Drill_WithAnInstallationInTheEnvironment_LeavesItAlone()
    {
        await using var installation = await TestDatabase.CreateAsync(Provider.Sqlite);
        var entries = await installation.CountAsync("platform_journal");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["Tongxin__Database"] = "sqlite", ["Tongxin__Connection"] = installation.Connection };

        var (code, said) = await HostProcess.RunAsync(environment, "drill", "rush", "--people=200");

        code.ShouldBe(0, said);
        (await installation.CountAsync("platform_journal")).ShouldBe(entries);
    }

    [Theory, BothProviders]
    public async Task Drill_InADatabaseOfAnotherVersion_MigratesNothing(Provider provider)
    {
        await using var older = await TestDatabase.CreateUnmigratedAsync(provider);
        await HostProcess.RunAsync(["migrate", .. older.Arguments]);
        await older.ExecuteAsync("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = (SELECT MAX(\"MigrationId\") FROM \"__EFMigrationsHistory\")");
        var migrations = await older.CountAsync("\"__EFMigrationsHistory\"");

        var (code, said) = await HostProcess.RunAsync(["drill", "offline", .. older.Arguments]);

        (code, said.Contains("nothing was drilled", StringComparison.Ordinal)).ShouldBe((1, true), said);
        (await older.CountAsync("\"__EFMigrationsHistory\"")).ShouldBe(migrations);
    }

    private static async Task ShouldHoldAsync(Provider provider, string name, params string[] parts)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (code, said) = await HostProcess.RunAsync(["drill", name, "--people=400", .. database.Arguments]);
        code.ShouldBe(0, said);
        said.ShouldNotContain("FAIL");
        foreach (var part in parts) said.ShouldContain(part);
    }
}
