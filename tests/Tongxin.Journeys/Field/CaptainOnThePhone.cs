using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.Journeys.Harness;
using Xunit;

namespace Tongxin.Journeys.Field;

/// <summary>The captain's evening in a stairwell without a network.</summary>
public sealed class CaptainOnThePhone
{
    [Fact]
    public async Task Captain_KnocksWithoutNetwork_UndoesOne_AndTheRoundHasItAfterwards()
    {
        await using var house = await FieldHouse.OpenAsync();
        using var captain = await house.App.SignInAsAccountAsync("captain");
        await using var phone = await FieldPhone.OpenAsync(house, captain);
        await phone.EnrolAsync();
        await phone.ToAsync("round", ".door .outcomes");
        (await phone.Tab.FaultsAsync()).ShouldBeEmpty();
        var before = await house.App.ReadAsync(db => db.Set<OutcomeFact>().CountAsync());
        await phone.GoOfflineAsync();

        var doors = await phone.Page.EvalOnSelectorAllAsync<string[]>("article.door:not(.door-done)", "all => all.slice(0, 3).map(d => d.id.slice(2))");
        await TapAsync(phone, doors[0], "Done");
        await TapAsync(phone, doors[1], "NotReached");
        await TapAsync(phone, doors[2], "Refused");
        await phone.Page.ClickAsync($"[id='d-{doors[2]}'] .door-head .btn");
        await phone.Page.WaitForSelectorAsync($"[id='d-{doors[2]}'] .outcomes");
        await phone.Page.ClickAsync($"[id='d-{doors[0]}'] summary");
        await phone.Page.ClickAsync($"[id='d-{doors[0]}'] .chip-check >> nth=0");
        (await phone.Tab.FaultsAsync()).Where(f => f.Contains("axe", StringComparison.Ordinal)).ShouldBeEmpty();
        await phone.Page.ClickAsync($"[id='d-{doors[0]}'] form button[type=submit]");

        await phone.Page.ReloadAsync();
        await phone.UnlockAsync();
        (await phone.OutboxAsync()).Length.ShouldBe(5);
        await phone.GoOfflineAsync(false);
        await phone.Page.ClickAsync(".outbox-head .btn");
        await phone.Page.WaitForFunctionAsync("() => document.querySelectorAll('.fact.arrived').length === 5");

        (await house.App.ReadAsync(db => db.Set<OutcomeFact>().CountAsync())).ShouldBe(before + 5);
        var targets = await house.App.ReadAsync(db => db.Set<Target>().AsNoTracking().Where(t => db.Set<Round>().Any(r => r.Id == t.RoundId && r.ClosedAt == null)).ToListAsync());
        ResultOf(doors[0]).ShouldBe(OutcomeKind.Done);
        ResultOf(doors[1]).ShouldBe(OutcomeKind.NotReached);
        ResultOf(doors[2]).ShouldBeNull();

        OutcomeKind? ResultOf(string door) => targets.First(t => t.TargetId == Guid.Parse(door)).Result;
    }

    private static async Task TapAsync(FieldPhone phone, string door, string kind)
    {
        await phone.Page.ClickAsync($"[id='d-{door}'] .outcomes button[value={kind}]");
        await phone.Page.WaitForSelectorAsync($"[id='d-{door}'].door-done");
    }
}
