using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Platform.Access;
using Tongxin.Platform.Devices;
using Xunit;

namespace Tongxin.Journeys.Field;

/// <summary>A captain stands in at a gate for an evening: the phone learns it, and forgets it, without being enrolled again.</summary>
public sealed class RolesJourney
{
    [Fact]
    public async Task Phone_OfACaptainWhoBecomesAGuard_HasTheGateAndLosesItAgain()
    {
        await using var house = await FieldHouse.OpenAsync();
        using var captain = await house.App.SignInAsAccountAsync("captain");
        await using var phone = await FieldPhone.OpenAsync(house, captain);
        await phone.EnrolAsync();
        await phone.ToAsync("menu", ".menu a[href='#round']");
        (await phone.Page.Locator(".menu a[href='#gate']").CountAsync()).ShouldBe(0);

        var place = await house.App.ReadAsync(db => db.Set<Access.Gates.Data.Gate>().Where(g => g.Id == house.Gate).Select(g => g.PlaceId).SingleAsync());
        var until = house.App.Clock.Now.AddHours(2);
        await house.App.AddAsync(Grant.Give(captain.AccountId, Roles.Guard, ScopeKind.Place, place, house.App.Clock.Now, until, "stands in"));
        await RefreshAsync(phone, house, TimeSpan.FromSeconds(10));
        await phone.Page.WaitForSelectorAsync(".menu a[href='#gate']");
        await phone.ToAsync("gate", ".scanner, .menu .row");
        await phone.ToAsync("menu", ".menu a[href='#round']");

        await RefreshAsync(phone, house, TimeSpan.FromHours(2));
        await phone.Page.WaitForSelectorAsync(".menu a[href='#gate']", new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        (await phone.Page.Locator(".menu a[href='#round']").CountAsync()).ShouldBe(1);
        (await house.App.ReadAsync(db => db.Set<Device>().CountAsync())).ShouldBe(1);
    }

    /// <summary>"Refresh this phone's data", after some time has passed.</summary>
    private static async Task RefreshAsync(FieldPhone phone, FieldHouse house, TimeSpan later)
    {
        house.App.Clock.Advance(later);
        await phone.Page.Clock.SetFixedTimeAsync(house.App.Clock.Now.UtcDateTime);
        await phone.Page.ClickAsync(".menu button.row >> text=刷新本机数据");
    }
}
