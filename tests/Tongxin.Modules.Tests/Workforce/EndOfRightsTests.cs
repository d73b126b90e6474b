using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Calls;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;
using Tongxin.Workforce.Teams;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>What ends on a day takes its rights with it at the next request, though nobody presses anything.</summary>
public sealed class EndOfRightsTests
{
    [Theory, BothProviders]
    public async Task Team_EndDayComes_NextRequestIsRefused(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        (await town.App.CallAsync((KeepTeams k) => k.CreateAsync("一队", null, town.Wang.Id, Town.Today.AddDays(1), town.Office, Town.Ct))).IsFailure.ShouldBeFalse();

        await OpensUntilMidnightAsync(town);

        // The clock of the house then tidies up: twice is as good as once.
        for (var i = 0; i < 2; i++)
        {
            await town.App.InScopeAsync(async services =>
            {
                await ((IEnumerable<IDutyChime>)services.GetService(typeof(IEnumerable<IDutyChime>))!).OfType<EndTeamsChime>().Single().RingAsync(Town.Ct); // registered by the product
                return 0;
            });
        }
        (await town.App.ReadAsync(db => db.Set<Membership>().SingleAsync(Town.Ct))).Until.ShouldBe(CampusCalendar.StartOf(Town.Today.AddDays(1)));
        (await town.App.ReadAsync(db => db.Set<Tongxin.Platform.Journal.JournalEntry>().CountAsync(j => j.Action == "workforce.team.ended", Town.Ct))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task TemporaryBranch_EndDayComes_ItsTeamsEndWithIt(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var branch = await BranchAsync(town, Town.Today.AddDays(1));
        var team = await town.App.CallAsync((KeepTeams k) => k.CreateAsync("一队", branch, town.Wang.Id, Town.Today.AddDays(30), town.Office, Town.Ct));

        (await town.App.CallAsync((ITeams t) => t.FindAsync([team.Value], Town.Ct)))[0].EndsOn.ShouldBe(Town.Today.AddDays(1));
        await OpensUntilMidnightAsync(town);
    }

    [Theory, BothProviders]
    public async Task TemporaryBranch_EndDayComes_GrantsBoundToItReachNothing(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        var branch = await BranchAsync(town, Town.Today.AddDays(1));
        var call = await town.App.CallAsync((KeepCalls k) => k.OpenAsync(Appeal.Draft(town, unit: branch), town.Office, Town.Ct));
        ToMidnight(town);
        using var secretary = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Unit, branch);
        (await secretary.OpenAsync($"/calls/{call.Value}")).Status.ShouldBe(HttpStatusCode.OK);

        town.App.Clock.Advance(TimeSpan.FromMinutes(2));

        (await secretary.OpenAsync($"/calls/{call.Value}")).Status.ShouldBe(HttpStatusCode.NotFound);
        // The records stay for those who may read all.
        (await town.App.CallAsync((KeepCalls k) => k.FindAsync(call.Value, town.Office, Town.Ct))).ShouldNotBeNull();
    }

    [Theory, BothProviders]
    public async Task Team_EndOnToday_IsRefused(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        (await town.App.CallAsync((KeepTeams k) => k.CreateAsync("一队", null, town.Wang.Id, Town.Today, town.Office, Town.Ct))).Error.Code.ShouldBe("workforce.team.ends-wrong");
    }

    private static async Task OpensUntilMidnightAsync(Town town)
    {
        ToMidnight(town);
        using var captain = await town.App.SignInAsAsync(null, ScopeKind.Everything, null, town.Wang.Id);
        (await captain.Http.GetAsync("/doors", Town.Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        town.App.Clock.Advance(TimeSpan.FromMinutes(2));
        (await captain.Http.GetAsync("/doors", Town.Ct)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    private static void ToMidnight(Town town) => town.App.Clock.Set(CampusCalendar.At(Town.Today, new TimeOnly(23, 59)));

    private static Task<Guid> BranchAsync(Town town, DateOnly ends) => town.App.InScopeAsync(async services =>
    {
        var units = (IUnits)services.GetService(typeof(IUnits))!; // registered by the product
        var branch = await units.AddAsync(new NewUnit(town.Committee.Id, UnitKind.TemporaryBranch, "第一临时党支部", Town.Today, ends), town.Office, Town.Ct);
        await ((Tongxin.Platform.Data.TongxinDb)services.GetService(typeof(Tongxin.Platform.Data.TongxinDb))!).CommitAsync(Town.Ct); // registered by the product
        return branch.Value;
    });
}
