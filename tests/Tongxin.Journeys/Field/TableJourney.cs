using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Screening.Sites.Data;
using Tongxin.Screening.Tubes.Data;
using Xunit;

namespace Tongxin.Journeys.Field;

/// <summary>Two tables in the rain without a network: everything that was refused is told, everything that was done arrives once.</summary>
public sealed class TableJourney
{
    private const string Round = "全员核酸检测 第2轮";

    [Fact]
    public async Task Tables_SampleWithoutNetwork_AndEverythingArrivesOnce()
    {
        await using var house = await FieldHouse.OpenAsync();
        using var sampler = await house.App.SignInAsAccountAsync("sampler");
        var people = await Called.SomeAsync(sampler, 21);
        await using var first = await FieldPhone.OpenAsync(house, sampler);
        await using var second = await FieldPhone.OpenAsync(house, sampler);
        var (one, two) = (new TableHand(first), new TableHand(second));
        var heard = await SignalRecorder.AttachAsync(first);
        await one.SitAsync("南门采样点 1 号台", Round);
        await two.SitAsync("南门采样点 2 号台", Round);
        (await first.Tab.FaultsAsync()).ShouldBeEmpty();
        await first.GoOfflineAsync();
        await second.GoOfflineAsync();

        // A person before a tube; then ten, one of them twice, and an eleventh. Each is heard and felt.
        await one.TypeAsync(people[0].Room);
        await one.RefusedAsync("rule.person_first", "yellow");
        await one.OpenAsync("2211229001");
        (await one.FaultsAsync()).ShouldBeEmpty();
        await one.SampleAsync(people[0], 1);
        await heard.ForgetAsync();
        await one.SampleAsync(people[1], 2);
        var good = await heard.TakeAsync();
        for (var i = 2; i < 9; i++) await one.SampleAsync(people[i], i + 1);
        await heard.ForgetAsync();
        await one.ChooseAsync(people[3]);
        await one.RefusedAsync("rule.already_in");
        var twice = await heard.TakeAsync();
        await one.SampleAsync(people[20], 10);
        await heard.ForgetAsync();
        await one.ChooseAsync(people[10]);
        await one.RefusedAsync("rule.full");
        var eleventh = await heard.TakeAsync();
        good.ShouldBe(Heard.Good);
        twice.ShouldBe(Heard.No);
        eleventh.ShouldBe(Heard.No);

        // The last one was a slip of the finger.
        await first.Page.ClickAsync("button[value=undo]");
        await one.CountAsync(9);
        await one.SampleAsync(people[9], 10);
        await one.CloseAsync(isFull: true);

        // A closed tube takes nobody, and its code opens no second one.
        await one.TypeAsync("2211229001");
        await one.RefusedAsync("rule.closed");

        // At the other table: somebody who stood in both queues, and closed before it is full.
        await two.OpenAsync("2211229002");
        await two.SampleAsync(people[0], 1);
        await two.SampleAsync(people[11], 2);
        await two.CloseAsync();

        // The battery was pulled: what was shown as done is on the disk.
        await first.Page.ReloadAsync();
        await first.UnlockAsync();
        (await first.OutboxAsync()).ShouldBe([.. Enumerable.Repeat("saved", 14)]);
        (await house.App.ReadAsync(db => db.Set<TubeFactRow>().CountAsync(f => f.DeviceId != null))).ShouldBe(0);

        await one.ArriveAsync(14);
        await two.ArriveAsync(4);
        await second.ToAsync("table", ".tubes-card .odd");

        var tubes = await house.App.ReadAsync(db => db.Set<TubeRow>().AsNoTracking().Where(t => t.Code.StartsWith("221122900")).OrderBy(t => t.Code).ToListAsync());
        tubes.Select(t => (t.Code, t.Stage, t.Members, t.IsInDoubt)).ShouldBe([("2211229001", TubeStage.Closed, 10, false), ("2211229002", TubeStage.Closed, 2, false)]);
        var tests = await house.App.ReadAsync(db => db.Set<TestRow>().AsNoTracking().Where(t => t.RoundId == tubes[0].RoundId).ToListAsync());
        tests.Count(t => t.CountedIn != null).ShouldBe(11);
        tests.Where(t => t.IsInTwoTubes).ShouldHaveSingleItem().PersonId.ShouldBe(people[0].Id);
        tests.ShouldNotContain(t => t.PersonId == people[20].Id && t.CountedIn != null);
    }

    [Fact]
    public async Task Table_LetsWhomTheLeadLets_PacksWhatIsClosed_AndCountsWhoIsOnASlip()
    {
        await using var house = await FieldHouse.OpenAsync();
        using var sampler = await house.App.SignInAsAccountAsync("sampler");
        var people = await Called.SomeAsync(sampler, 1);
        var apart = await house.App.ReadAsync(db => (from t in db.Set<SiteTable>() join s in db.Set<TestingSite>() on t.SiteId equals s.Id where s.Name == "南门采样点" && t.Lane == SamplingLane.Apart select t.Number).FirstAsync());
        await using var phone = await FieldPhone.OpenAsync(house, sampler);
        var hand = new TableHand(phone);
        var heard = await SignalRecorder.AttachAsync(phone);
        await hand.SitAsync($"南门采样点 {apart} 号台", Round);
        await hand.OpenAsync("2211229003");
        await heard.ForgetAsync();

        // Not called to this table: no, but for the lead, who says why.
        await hand.ChooseAsync(people[0]);
        await phone.Page.WaitForSelectorAsync(".answer.tone-red[data-rule='rule.lane_not_apart']");
        (await heard.TakeAsync()).ShouldBe(Heard.No);
        (await hand.FaultsAsync()).ShouldBeEmpty();
        await phone.Page.ClickAsync(".answer .btn-huge:not(.first)");
        await phone.Page.FillAsync("dialog input[name=typed]", "点长王敏 排队时发热");
        await phone.Page.ClickAsync("dialog button[type=submit]");
        await hand.CountAsync(1);
        await phone.Page.ClickAsync(".desk-tools button:has-text('纸条')");
        await phone.Page.ClickAsync("dialog .btn-huge >> nth=0");
        await hand.CountAsync(2);

        await phone.ToAsync("box", ".strip");
        await hand.TypeAsync("BOX-1");
        await hand.TypeAsync("2211229003");
        await hand.RefusedAsync("rule.still_open");
        await phone.ToAsync("table", ".tube-on");
        await hand.CloseAsync();
        await phone.ToAsync("box", ".strip");
        await hand.TypeAsync("BOX-1");
        await hand.TypeAsync("2211229003");
        await phone.Page.ClickAsync("button[value=pack]:not([disabled])");
        await phone.Page.WaitForSelectorAsync(".toast:has-text('已装箱')");

        await hand.ArriveAsync(4);
        var tube = await house.App.ReadAsync(db => db.Set<TubeRow>().AsNoTracking().SingleAsync(t => t.Code == "2211229003"));
        (tube.Stage, tube.BoxCode, tube.Members, tube.CountAtClosing, tube.IsInDoubt).ShouldBe((TubeStage.Boxed, "BOX-1", 1, 2, true));
        (await house.App.ReadAsync(db => db.Set<TubeFactRow>().AsNoTracking().SingleAsync(f => f.TubeCode == "2211229003" && f.Kind == TubeFactKind.Sampled))).Reason.ShouldBe("点长放行：点长王敏 排队时发热");
    }
}
