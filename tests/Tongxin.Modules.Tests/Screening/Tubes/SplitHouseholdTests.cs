using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Tubes;

/// <summary>A household that fits into one tube and is in two: kept, said to the table, shown to the office until it is settled.</summary>
public sealed class SplitHouseholdTests
{
    private const TubePurpose OfHousehold = TubePurpose.Household;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Write_OneHouseholdIntoTwoTubes_IsKeptSaidAndShown(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider, people: 8);
        await HomeAsync(town, 0, 1, 2);
        await HomeAsync(town, 3, 4);
        (await town.WriteAsync(town.Full("H1", [0, 1], 20, OfHousehold).Concat(town.Full("H3", [3, 4], 20, OfHousehold)))).Answers.ShouldAllBe(a => a.Warnings.Count == 0);

        var late = await town.WriteAsync(town.Full("H2", [2], 20, OfHousehold));

        late.Answers.SelectMany(a => a.Warnings).ShouldHaveSingleItem().ShouldSatisfyAllConditions(w => w.Code.ShouldBe("tubes.household-split"), w => w.Args.ShouldBe(["H1"]));
        (await town.BalanceAsync()).Done.ShouldBe(5);
        (await SplitAsync(town)).ShouldBe(["H1", "H2"]);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync($"/testing/{town.Round}/tubes?look=1")).All("#tubes tbody tr").Count.ShouldBe(2);
        (await office.OpenAsync("/testing/tubes/H2")).One(".flash.warn").TextContent.ShouldContain("H1");
        (await office.OpenAsync("/testing/tubes/H3")).All(".flash.warn").ShouldBeEmpty();
        (await town.App.CallAsync((SplitHouseholds homes) => homes.FirstAsync(town.Round, Ct))).Values.Order().ShouldBe(["H1", "H3"]);

        // Voided: it holds nobody any more.
        await town.WriteAsync(town.Fact("H2", TubeFactKind.Voided) with { Reason = "打翻" });
        (await SplitAsync(town)).ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Write_BothHalvesInOneBatch_SaysItOfTheOneThatComesSecond(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider, people: 4);
        await HomeAsync(town, 0, 1);

        var written = await town.WriteAsync(town.Full("H1", [0], 20, OfHousehold).Concat(town.Full("H2", [1], 20, OfHousehold)));

        written.Answers.SelectMany(a => a.Warnings).ShouldHaveSingleItem().Args.ShouldBe(["H1"]);
        (await SplitAsync(town)).ShouldBe(["H1", "H2"]);
    }

    [Theory, BothProviders]
    public async Task Write_HouseholdTooLargeForOneTubeOrInAPool_IsNotFlagged(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await HomeAsync(town, [.. Enumerable.Range(0, 6)]);
        await HomeAsync(town, 10, 11);

        var written = await town.WriteAsync(
            town.Full("H1", [0, 1, 2, 3], 5, OfHousehold).Concat(town.Full("H2", [4, 5], 5, OfHousehold))
                .Concat(town.Full("H4", [10], 20, OfHousehold)).Concat(town.Full("T1", [11, 12])));

        written.Answers.SelectMany(a => a.Warnings).ShouldBeEmpty();
        (await SplitAsync(town)).ShouldBeEmpty();
    }

    private static Task<int> HomeAsync(TubeTown town, params int[] people) => town.App.ReadAsync(db =>
    {
        var (home, ids) = ((Guid?)Ids.New(), people.Select(p => town.People[p]).ToList());
        return db.Set<Member>().Where(m => m.RoundId == town.Round && ids.Contains(m.PersonId)).ExecuteUpdateAsync(s => s.SetProperty(m => m.HouseholdId, home), Ct);
    });

    private static async Task<IEnumerable<string>> SplitAsync(TubeTown town) => (await town.App.CallAsync((SplitHouseholds homes) => homes.CodesAsync(town.Round, Ct))).Order();
}
