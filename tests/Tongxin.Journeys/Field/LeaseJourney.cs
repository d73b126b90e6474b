using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Scans.Data;
using Xunit;

namespace Tongxin.Journeys.Field;

/// <summary>A phone that is lost or handed back: nothing to read on it, and nothing lost that it saw.</summary>
public sealed class LeaseJourney
{
    [Fact]
    public async Task Phone_TakenBack_ForgetsWhatItCarried_AndKeepsWhatItSawUntilItIsEnrolledAgain()
    {
        await using var house = await FieldHouse.OpenAsync();
        using var guard = await house.App.SignInAsAccountAsync("guard");
        await using var phone = await FieldPhone.OpenAsync(house, guard);
        await phone.EnrolAsync();
        await phone.StandAsync();
        await phone.GoOfflineAsync();
        await phone.TypeAsync(house.Desk.Issue());
        await phone.PressAsync("进");

        var device = await house.App.ReadAsync(db => db.Set<Platform.Devices.Device>().SingleAsync());
        await (await guard.OpenAsync("/account")).SubmitAsync($"form[action$='{device.Id}/revoke']");
        await phone.GoOfflineAsync(false);
        // A hand asks it to send, or it finds out by itself in the same moment.
        const string SendOrEnrol = ".outbox-head .btn, .plain-form input[name=pin]";
        await phone.ToAsync("outbox", SendOrEnrol);
        await phone.Page.Locator(SendOrEnrol).First.ClickAsync();

        await phone.Page.WaitForSelectorAsync(".plain-form");
        (await StoredAsync(phone, "sealed")).ShouldBe(0);
        (await StoredAsync(phone, "outbox")).ShouldBe(1);
        (await house.App.ReadAsync(db => db.Set<Scan>().CountAsync(s => s.DeviceId != null))).ShouldBe(0);

        // Whoever may enrol a phone hands over what it still holds, with the PIN it was sealed by.
        await phone.Page.FillAsync("input[name=pin]", FieldPhone.Pin);
        await phone.Page.ClickAsync("form button[type=submit]");
        await phone.Page.WaitForSelectorAsync(".scanner, .menu .row");
        await phone.ToAsync("outbox", ".fact.arrived");
        (await house.App.ReadAsync(db => db.Set<Scan>().CountAsync(s => s.DeviceId != null))).ShouldBe(1);
    }

    [Fact]
    public async Task Phone_WithTenWrongPins_IsEmpty()
    {
        await using var house = await FieldHouse.OpenAsync();
        using var guard = await house.App.SignInAsAccountAsync("guard");
        await using var phone = await FieldPhone.OpenAsync(house, guard);
        await phone.EnrolAsync();
        await phone.StandAsync();
        await phone.Page.ReloadAsync();
        await phone.Page.WaitForSelectorAsync(".keys");
        (await phone.Tab.FaultsAsync()).ShouldBeEmpty();

        for (var i = 9; i > 0; i--)
        {
            await phone.Page.FillAsync("#pin", "000000");
            await phone.Page.WaitForSelectorAsync($".field-error:has-text('还可以试 {i} 次')");
        }

        await phone.Page.FillAsync("#pin", "000000");
        await phone.Page.WaitForSelectorAsync(".plain-form");
        (await StoredAsync(phone, "sealed") + await StoredAsync(phone, "outbox") + await StoredAsync(phone, "meta")).ShouldBe(0);
    }

    private static Task<int> StoredAsync(FieldPhone phone, string store) => phone.Page.EvaluateAsync<int>(
        """
        store => new Promise((done, failed) => {
          const asked = indexedDB.open('tongxin-field');
          asked.onsuccess = () => { const count = asked.result.transaction(store).objectStore(store).count(); count.onsuccess = () => { asked.result.close(); done(count.result); }; };
          asked.onerror = failed;
        })
        """, store);
}
