using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Scans.Data;
using Tongxin.Core.Protocols;
using Tongxin.TestKit.Field;
using Xunit;

namespace Tongxin.Journeys.Field;

/// <summary>A guard's day with the phone: no network, a camera, what the passes say, and everything there in the end.</summary>
public sealed class GateJourney
{
    [Fact]
    public async Task Guard_ScansWithoutNetwork_ReloadsCold_AndEverythingArrivesOnce()
    {
        await using var house = await FieldHouse.OpenAsync();
        using var guard = await house.App.SignInAsAccountAsync("guard");
        await using var phone = await FieldPhone.OpenAsync(house, guard);
        await phone.Page.WaitForSelectorAsync("input[name=pin]");
        (await phone.Tab.FaultsAsync()).ShouldBeEmpty();
        await phone.EnrolAsync();
        await phone.StandAsync();
        // Once with the network, so that the browser holds the scanner too.
        (await phone.ScanAsync(house.Desk.Issue())).ShouldBe(("green", "放行"));
        (await phone.Tab.FaultsAsync()).ShouldBeEmpty();
        await phone.Page.ClickAsync(".answer-close");

        await phone.GoOfflineAsync();
        (await phone.ScanAsync(house.Desk.Issue())).ShouldBe(("green", "放行"));
        (await phone.Page.InnerTextAsync(".answer .who")).ShouldBe("陈＊明");
        await phone.PressAsync("进");
        (await phone.Page.InnerTextAsync(".banners")).ShouldContain("离线模式");
        (await phone.TypeAsync(house.Desk.Issue(Colour.Red))).Tone.ShouldBe("red");
        await phone.Page.ClickAsync(".answer .btn-huge.wide");
        await phone.Page.ClickAsync("dialog .reasons button >> nth=3");
        await phone.Page.WaitForSelectorAsync(".toast:has-text('劝返')");
        await phone.Page.ClickAsync(".scanner .btn-emergency");
        await phone.Page.ClickAsync(".answer-form .btn-outline");

        // The battery was pulled: the app comes from its own shell, the facts from the disk.
        await phone.Page.ReloadAsync();
        await phone.UnlockAsync();
        (await phone.OutboxAsync()).ShouldBe(["saved", "saved", "saved"]);
        (await house.App.ReadAsync(db => db.Set<Scan>().CountAsync(s => s.DeviceId != null))).ShouldBe(0);

        await phone.GoOfflineAsync(false);
        await phone.Page.ClickAsync(".outbox-head .btn");
        await phone.Page.WaitForFunctionAsync("() => document.querySelectorAll('.fact.arrived').length === 3");
        (await phone.Tab.FaultsAsync()).Where(f => !f.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal)).ShouldBeEmpty();
        var scans = await house.App.ReadAsync(db => db.Set<Scan>().AsNoTracking().Where(s => s.DeviceId != null).ToListAsync());
        scans.Select(s => s.Kind).Order().ShouldBe([ScanKind.In, ScanKind.TurnedBack, ScanKind.Emergency]);
        scans.ShouldAllBe(s => s.GateId == house.Gate && s.Offline && s.DeviceId != null);
    }

    [Fact]
    public async Task Guard_IsShownBadPasses_IsToldWhatToDo()
    {
        var desk = new PassDesk();
        var revoked = desk.IssueAndWithdraw();
        await using var house = await FieldHouse.OpenAsync(desk);
        using var guard = await house.App.SignInAsAccountAsync("guard");
        await using var phone = await FieldPhone.OpenAsync(house, guard);
        await phone.EnrolAsync();
        await phone.StandAsync();
        await phone.GoOfflineAsync();

        (string Text, string Word)[] cases =
        [
            (desk.Issue(hoursLeft: -1), "已过期"), (revoked, "已作废"), (desk.Forge(), "假码"), (desk.IssueByStranger(), "无法核验"), ("TX1:" + new string('A', 3000), "假码"),
            ("https://example.org/?code=green", "不是通行码"), (desk.Issue(hoursLeft: 30), "时间不对"),
        ];
        foreach (var (text, word) in cases)
        {
            (await phone.TypeAsync(text)).ShouldBe(("invalid", word));
            (await phone.Page.InnerTextAsync(".answer .advice")).ShouldNotBeEmpty();
            await phone.Page.ClickAsync(".answer-close");
        }

        foreach (var (colour, tone) in new[] { (Colour.Yellow, "yellow"), (Colour.Grey, "grey"), (Colour.Red, "red") })
        {
            (await phone.TypeAsync(desk.Issue(colour))).Tone.ShouldBe(tone);
            (await phone.Tab.FaultsAsync()).Where(f => f.Contains("axe", StringComparison.Ordinal) || f.Contains("sideways", StringComparison.Ordinal)).ShouldBeEmpty();
            await phone.Page.ClickAsync(".answer-close");
        }

        // Shown twice: passed on, warned of.
        var again = desk.Issue();
        await phone.TypeAsync(again);
        await phone.PressAsync("进");
        await phone.TypeAsync(again);
        (await phone.Page.InnerTextAsync(".answer .warning")).ShouldContain("刚扫过");
        await phone.PressAsync("进");
        (await phone.Page.InnerTextAsync(".toast")).ShouldContain("重复");
    }

    [Fact]
    public async Task Guard_WithoutAProtocol_ComparesNamesAndSeesNoColour()
    {
        await using var house = await FieldHouse.OpenAsync(new PassDesk { Edition = null });
        using var guard = await house.App.SignInAsAccountAsync("guard");
        await using var phone = await FieldPhone.OpenAsync(house, guard);
        await phone.EnrolAsync();
        await phone.StandAsync();

        (await phone.TypeAsync(house.Desk.Issue())).ShouldBe(("name", "核对姓名"));
    }

    [Theory]
    [InlineData(365 * 24, "快了")]
    [InlineData(-3, "慢了")]
    public async Task Guard_WithAWrongClock_IsWarned_AndPassesAreJudgedByTheServersTime(int hours, string words)
    {
        await using var house = await FieldHouse.OpenAsync();
        using var guard = await house.App.SignInAsAccountAsync("guard");
        await using var phone = await FieldPhone.OpenAsync(house, guard, TimeSpan.FromHours(hours));
        await phone.EnrolAsync();
        await phone.StandAsync();

        (await phone.Page.InnerTextAsync(".banners")).ShouldContain(words);
        (await phone.TypeAsync(house.Desk.Issue())).Tone.ShouldBe("green");
        await phone.PressAsync("进");
        await phone.ToAsync("outbox", ".fact.arrived");
        var scan = await house.App.ReadAsync(db => db.Set<Scan>().AsNoTracking().Where(s => s.DeviceId != null).SingleAsync());
        (scan.SeenAt - house.App.Clock.Now).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Guard_EntersALineOfThePaperTwice_ItIsOnePassage()
    {
        await using var house = await FieldHouse.OpenAsync();
        using var guard = await house.App.SignInAsAccountAsync("guard");
        await using var phone = await FieldPhone.OpenAsync(house, guard);
        await phone.Tab.GoAsync($"/access/paper/{house.Gate}");
        (await phone.Tab.FaultsAsync()).ShouldBeEmpty();
        var line = await phone.Page.InnerTextAsync("tr.blank b >> nth=0");
        await phone.Tab.GoAsync("/field/");
        await phone.EnrolAsync();
        await phone.StandAsync();
        await phone.ToAsync("paper", "input[name=code]");
        (await phone.Tab.FaultsAsync()).ShouldBeEmpty();

        await phone.Page.FillAsync("input[name=code]", line[..^1] + (line[^1] == '7' ? '8' : '7'));
        await phone.Page.ClickAsync(".ways .btn >> nth=0");
        await phone.Page.WaitForSelectorAsync(".field-error:has-text('行号不对')");
        for (var i = 0; i < 2; i++)
        {
            await phone.Page.FillAsync("input[name=code]", line);
            await phone.Page.ClickAsync(".ways .btn >> nth=0");
            await phone.Page.WaitForFunctionAsync("() => document.querySelector('input[name=code]').value === ''");
        }

        await phone.ToAsync("outbox", ".fact.arrived");
        (await house.App.ReadAsync(db => db.Set<Scan>().CountAsync(s => s.DeviceId != null))).ShouldBe(1);
    }
}
