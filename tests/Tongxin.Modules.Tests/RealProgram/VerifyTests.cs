using Shouldly;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Processes;
using Xunit;

namespace Tongxin.Modules.Tests.RealProgram;

/// <summary>Somebody with the database in his hands: the program names the first entry that is not as it was.</summary>
public sealed class VerifyTests
{
    [Theory, BothProviders]
    public async Task Verify_TableChangedByHand_NamesTheFirstBrokenEntry(Provider provider)
    {
        await using var database = await TestDatabase.CreateDemoAsync(provider);
        var entries = await database.CountAsync("platform_journal");
        entries.ShouldBeGreaterThan(9);
        await ShouldSayAsync(database, 0, "The journal is whole", $"{entries} entries");

        (await database.ExecuteAsync("UPDATE platform_journal SET why = 'another reason' WHERE position IN (7, 9)")).ShouldBe(2);
        await ShouldSayAsync(database, 1, "entry 7 ", "was changed after it was sealed", "6 entries before it are well");

        (await database.ExecuteAsync("DELETE FROM platform_journal WHERE position = 4")).ShouldBe(1);
        await ShouldSayAsync(database, 1, "entry 4 is missing", "3 entries before it are well");
    }

    private static async Task ShouldSayAsync(TestDatabase database, int expected, params string[] parts)
    {
        var (code, said) = await HostProcess.RunAsync(["verify", .. database.Arguments]);
        code.ShouldBe(expected, said);
        foreach (var part in parts) said.ShouldContain(part);
    }
}
