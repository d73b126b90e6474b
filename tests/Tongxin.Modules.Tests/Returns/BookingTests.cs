using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Returns;
using Tongxin.Access.Returns.Data;
using Tongxin.Access.Returns.Seasons;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Modules.Tests.People;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Returns;

/// <summary>Slots: never over capacity, one a person, who waits gets what is given back.</summary>
public sealed class BookingTests
{
    [Theory, BothProviders]
    public async Task Book_TwoHundredAtOnce_NeverExceedsTheSlot(Provider provider)
    {
        // Two lanes of ten an hour: eight places.
        await using var home = await Homecoming.BuildAsync(provider, lanes: 2, rate: 10);
        var slot = (await home.SlotsAsync())[0];
        slot.Capacity.ShouldBe(8);
        for (var i = 0; i < 200; i++) await home.DeclareAsync("学生", $"S{i:000}", $"139{i:00000000}");
        var records = await home.RecordsAsync();

        var answers = await Task.WhenAll(records.Select(r => Task.Run(() => home.BookAsync(r.Id, slot.Id), Town.Ct)));

        answers.Count(a => a is null).ShouldBe(8);
        answers.Where(a => a is not null).ShouldAllBe(a => a == "returns.slot-full");
        (await home.RecordsAsync()).Count(r => r.State == ReturnState.Booked).ShouldBe(8);
        (await home.BrokenCountsAsync()).ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Book_OnePersonManySlotsAtOnce_HoldsOne(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        var record = await home.RecordAsync("2022001");
        var slots = (await home.SlotsAsync()).Take(8).ToList();

        await Task.WhenAll(slots.Select(s => Task.Run(() => home.BookAsync(record.Id, s.Id), Town.Ct)));

        (await home.SlotsAsync()).Sum(s => s.Taken).ShouldBe(1);
        (await home.BrokenCountsAsync()).ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Wait_ForAFullSlot_GetsThePlaceThatIsGivenBack(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider, lanes: 1, rate: 3);
        var slots = await home.SlotsAsync();
        slots[0].Capacity.ShouldBe(1);
        foreach (var (name, number) in new[] { ("甲", "S001"), ("乙", "S002"), ("丙", "S003") }) await home.DeclareAsync(name, number, $"1390000{number[1..]}1");
        var (first, second, third) = (await home.RecordAsync("S001"), await home.RecordAsync("S002"), await home.RecordAsync("S003"));
        (await home.BookAsync(first.Id, slots[0].Id)).ShouldBeNull();
        (await home.BookAsync(second.Id, slots[1].Id)).ShouldBeNull();
        (await home.App.CallAsync((ChangeReturn c) => c.WaitAsync(third.Id, slots[2].Id, ReturnDoer.Self, Town.Ct))).Error.Code.ShouldBe("returns.slot-free");
        // The second waits for the first's slot, the third for the second's: one release moves both.
        (await home.App.CallAsync((ChangeReturn c) => c.WaitAsync(second.Id, slots[0].Id, ReturnDoer.Self, Town.Ct))).IsFailure.ShouldBeFalse();
        (await home.App.CallAsync((ChangeReturn c) => c.WaitAsync(third.Id, slots[1].Id, ReturnDoer.Self, Town.Ct))).IsFailure.ShouldBeFalse();

        (await home.App.CallAsync((ChangeReturn c) => c.CancelAsync(first.Id, null, ReturnDoer.Self, Town.Ct))).IsFailure.ShouldBeFalse();

        (await home.RecordAsync("S002")).SlotId.ShouldBe(slots[0].Id);
        (await home.RecordAsync("S003")).SlotId.ShouldBe(slots[1].Id);
        (await home.App.ReadAsync(db => db.Set<ReturnWait>().CountAsync(Town.Ct))).ShouldBe(0);
        (await home.BrokenCountsAsync()).ShouldBeEmpty();
        await home.WorkAsync();
        (await home.App.ReadAsync(db => db.Set<ReturnNote>().CountAsync(n => n.What == "note.promoted", Town.Ct))).ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Quota_OfACollegeAndDay_IsKept(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        var second = Homecoming.First.AddDays(1);
        (await QuotaAsync(Homecoming.First, 0)).ShouldBeNull();
        (await QuotaAsync(second, 1)).ShouldBeNull();
        await home.DeclareAsync("赵敏", "2022001");
        await home.DeclareAsync("钱多", "2022002", "13900002222");
        var (zhao, qian) = (await home.RecordAsync("2022001"), await home.RecordAsync("2022002"));
        var slots = await home.SlotsAsync();

        (await home.BookAsync(zhao.Id, slots[0].Id)).ShouldBe("returns.quota-full");
        // History has no quota.
        (await home.BookAsync(qian.Id, slots[0].Id)).ShouldBeNull();
        (await home.BookAsync(zhao.Id, slots.First(s => s.Day == second).Id)).ShouldBeNull();
        (await home.RecordAsync("2022001")).Arrives.ShouldBe(second);
        (await QuotaAsync(second, 0)).ShouldBe("returns.quota-wrong");
        // Another slot of the same day uses the same place of the quota.
        (await home.BookAsync(zhao.Id, slots.Last(s => s.Day == second).Id)).ShouldBeNull();
        (await home.BrokenCountsAsync()).ShouldBeEmpty();

        Task<string?> QuotaAsync(DateOnly day, int places) => home.App.CallAsync(async (KeepSeasons k) =>
            await k.SetQuotaAsync(home.Season.Id, home.Town.Physics.Id, new Dictionary<DateOnly, int?> { [day] = places }, home.Town.Office, Town.Ct) is { IsFailure: true } refused ? refused.Error.Code : null);
    }

    [Theory, BothProviders]
    public async Task Slot_DayOver_AtMidnightAndNotBefore_IsMissed(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        await home.DeclareAsync("钱多", "2022002", "13900002222");
        var slots = await home.SlotsAsync();
        foreach (var record in await home.RecordsAsync()) (await home.BookAsync(record.Id, slots[0].Id)).ShouldBeNull();
        // Changed to the next day: its first clock rings for nothing.
        (await home.BookAsync((await home.RecordAsync("2022002")).Id, slots.First(s => s.Day == Homecoming.First.AddDays(1)).Id)).ShouldBeNull();

        home.App.Clock.Set(CampusCalendar.StartOf(Homecoming.First.AddDays(1)).AddSeconds(-1));
        await home.WorkAsync();
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Booked);
        home.App.Clock.Advance(TimeSpan.FromSeconds(1));
        await home.WorkAsync();
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.NotArrived);
        (await home.RecordAsync("2022002")).State.ShouldBe(ReturnState.Booked);

        // Books again, late: the same record goes on.
        (await home.BookAsync((await home.RecordAsync("2022001")).Id, slots.First(s => s.Day == Homecoming.First.AddDays(1)).Id)).ShouldBeNull();
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Booked);
        (await home.BrokenCountsAsync()).ShouldBeEmpty();
        (await home.BookAsync((await home.RecordAsync("2022001")).Id, slots[0].Id)).ShouldBe("returns.slot-over");
    }

    [Theory, BothProviders]
    public async Task Plan_Everybody_ThenALaneLess_MovesFewAndTellsThem(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider, lanes: 2, rate: 10);
        for (var i = 0; i < 60; i++) await home.DeclareAsync("学生", $"S{i:000}", $"139{i:00000000}");

        var planned = await home.App.CallAsync((PlanArrivals p) => p.ExecuteAsync(new PlanOrder(home.Season.Id, null, null, Everybody: true), home.Town.Office, Town.Ct));
        (planned.Value.Placed, planned.Value.FinishSlot).ShouldBe((60, 7));
        (await home.BrokenCountsAsync()).ShouldBeEmpty();
        var before = (await home.RecordsAsync()).ToDictionary(r => r.Id, r => r.SlotId);

        var fewer = await home.App.CallAsync((PlanArrivals p) => p.ExecuteAsync(new PlanOrder(home.Season.Id, Homecoming.First, 1, Everybody: false), home.Town.Office, Town.Ct));
        // Eight slots of eight become eight of four: 28 of the 60 stay at least, the rest move to the next days.
        (fewer.Value.Placed, fewer.Value.Moves).ShouldBe((60, 28));
        (await home.RecordsAsync()).Count(r => r.SlotId != before[r.Id]).ShouldBe(28);
        (await home.BrokenCountsAsync()).ShouldBeEmpty();
        await home.WorkAsync();
        (await home.App.ReadAsync(db => db.Set<ReturnNote>().CountAsync(n => n.What == "note.moved", Town.Ct))).ShouldBe(28);

        // Nothing at all on two days does not fit, and changes nothing.
        (await home.App.CallAsync((PlanArrivals p) => p.ExecuteAsync(new PlanOrder(home.Season.Id, Homecoming.First, 0, Everybody: false), home.Town.Office, Town.Ct))).IsFailure.ShouldBeFalse();
        (await home.App.CallAsync((PlanArrivals p) => p.ExecuteAsync(new PlanOrder(home.Season.Id, Homecoming.First.AddDays(1), 0, Everybody: false), home.Town.Office, Town.Ct)))
            .IsFailure.ShouldBeFalse();
        (await home.App.CallAsync((PlanArrivals p) => p.ExecuteAsync(new PlanOrder(home.Season.Id, Homecoming.First.AddDays(2), 1, Everybody: false), home.Town.Office, Town.Ct)))
            .Error.Code.ShouldBe("returns.does-not-fit");
        (await home.BrokenCountsAsync()).ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Plan_AsAJob_IsDoneByTheWorker(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        using var office = await home.App.SignInAsAsync(Tongxin.Platform.Access.Roles.Office);
        var slots = await office.OpenAsync($"/returns/seasons/{home.Season.Id}/slots");

        (await office.SubmitAsync(slots.Form("#plan form"))).Address.AbsolutePath.ShouldStartWith("/jobs/");
        await home.WorkAsync();

        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Booked);
    }
}
