using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Protocols;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Modules.Tests.Access;
using Tongxin.Modules.Tests.Grid;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Contracts;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>到场 and 缺席: said by the sample or by hand, computed where nobody came, put right by whoever comes later.</summary>
public sealed class ArrivalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Sample_OfWhoHasASlot_IsTheArrival(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = (await town.PeopleAsync()).Select(p => p.Id).Take(4).ToList();
        var slot = (await PublishAsync(town, [New(town, 0, 8) with { People = people }]))[0];
        var at = slot.From.AddMinutes(5);
        town.App.Clock.Advance(slot.Until.AddMinutes(1) - town.App.Clock.GetUtcNow());
        (await LineAsync(town, slot.Id)).ShouldBe((4, 0, 4));

        // The table's phone comes back late: what it says was so at the time.
        await SampleAsync(town, "T1", people[0], at);
        await SampleAsync(town, "T2", people[1], slot.Until.AddSeconds(30));

        (await LineAsync(town, slot.Id)).ShouldBe((4, 2, 2));
        (await StatesAsync(town, slot.Id, people)).ShouldBe([BookingState.Sampled, BookingState.MadeUp, BookingState.Absent, BookingState.Absent]);
        (await town.App.ReadAsync(db => db.Set<SlotArrival>().AsNoTracking().SingleAsync(a => a.PersonId == people[0], Ct))).ShouldSatisfyAllConditions(
            a => a.At.ShouldBe(at), a => a.TubeCode.ShouldBe("T1"), a => a.AccountId.ShouldBeNull());
        await town.RecordAsync(town.Fact(people[2], OutcomeKind.Excused, reason: "Hospital"));
        (await LineAsync(town, slot.Id)).ShouldBe((4, 2, 1));
        (await ArriveAsync(town, slot.Id, people[0], town.Office)).ShouldBe("booking.sampled");
        (await TakeBackAsync(town, slot.Id, people[0], town.Office)).ShouldBe("booking.sampled");
    }

    [Theory, BothProviders]
    public async Task Arrive_ByHand_OnceAtOnceLateAndTakenBack(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = (await town.PeopleAsync()).Select(p => p.Id).Take(2).ToList();
        var slots = await PublishAsync(town, [New(town, 0, 2) with { People = people }, New(town, 1, 2)]);
        town.App.Clock.Advance(slots[0].From - town.App.Clock.GetUtcNow());

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ArriveAsync(town, slots[0].Id, people[0], town.Office), Ct)));

        answers.ShouldAllBe(a => a == null);
        (await LineAsync(town, slots[0].Id)).ShouldBe((2, 1, 0));
        (await town.App.ReadAsync(db => db.Set<BookingMove>().CountAsync(m => m.Step == BookingStep.Arrived, Ct))).ShouldBe(1);
        (await ArriveAsync(town, slots[0].Id, people[0], town.Office)).ShouldBeNull();
        (await TakeBackAsync(town, slots[0].Id, people[0], town.Office)).ShouldBeNull();
        (await TakeBackAsync(town, slots[0].Id, people[0], town.Office)).ShouldBe("booking.not-arrived");
        (await StatesAsync(town, slots[0].Id, people)).ShouldBe([BookingState.Booked, BookingState.Booked]);

        // Absent by the clock, and there after all.
        town.App.Clock.Advance(TimeSpan.FromMinutes(40));
        (await StatesAsync(town, slots[0].Id, people)).ShouldBe([BookingState.Absent, BookingState.Absent]);
        (await ArriveAsync(town, slots[0].Id, people[1], town.Office)).ShouldBeNull();
        (await StatesAsync(town, slots[0].Id, people)).ShouldBe([BookingState.Absent, BookingState.Arrived]);
        // Who takes another slot has not come to that one.
        (await town.App.CallAsync((StaffBooking b) => b.BookAsync(town.Round, people[1], slots[1].Id, town.Office, Ct))).IsFailure.ShouldBeFalse();
        (await StatesAsync(town, slots[1].Id, [people[1]])).ShouldBe([BookingState.Booked]);
        (await town.App.JournalAsync("screening.slot.arrived")).Count.ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Arrive_OfWhatIsNotThere_IsRefused(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        var own = people.First(p => p.CellId == town.Estate.Cells[0].Id).Id;
        var slots = await PublishAsync(town, [New(town, 0, 20) with { People = [.. people.Select(p => p.Id)] }, New(town, 6, 2)]);

        (await ArriveAsync(town, slots[1].Id, own, town.Office)).ShouldBe("booking.other-slot");
        (await ArriveAsync(town, Ids.New(), own, town.Office)).ShouldBe("booking.not-found");
        (await ArriveAsync(town, slots[0].Id, Ids.New(), town.Office)).ShouldBe("booking.not-found");
        (await ArriveAsync(town, slots[0].Id, own, town.Estate.Captain(1))).ShouldBe("booking.not-found");
        (await ArriveAsync(town, slots[0].Id, own, town.App.ActorOf(Roles.Sampler, ScopeKind.Place, Ids.New()))).ShouldBe("booking.not-found");
        (await ArriveAsync(town, slots[0].Id, own, town.App.ActorOf(Roles.Sampler, ScopeKind.Place, town.Estate.Buildings[0].Id))).ShouldBeNull("the site is there");
        (await TakeBackAsync(town, slots[0].Id, own, town.Estate.Captain(0))).ShouldBeNull();
        (await town.App.CallAsync((StaffBooking b) => b.BookAsync(town.Round, own, slots[1].Id, town.Office, Ct))).IsFailure.ShouldBeFalse();
        (await ArriveAsync(town, slots[1].Id, own, town.Office)).ShouldBe("booking.early");
    }

    [Theory, BothProviders]
    public async Task Pages_PressArrived_AndCountIt(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        var slot = (await PublishAsync(town, [New(town, 0, 20) with { People = [.. people.Select(p => p.Id)] }]))[0];
        using var captain = await town.Estate.SignInCaptainAsync(0);
        using var sampler = await town.App.SignInAsAsync(Roles.Sampler);
        using var self = await town.App.SignInAsAsync(null, ScopeKind.Everything, null, people[0].Id);

        var page = await captain.OpenAsync($"/testing/{town.Round}/slots/{slot.Id}");
        (await captain.SubmitAsync(page.Form("form[action$='/arrived']"))).Text.ShouldContain("已登记到场");
        var site = await sampler.OpenAsync($"/testing/sites/{town.Site}/arrivals");
        site.One("#people").TextContent.ShouldContain("到场 1");
        (await sampler.SubmitAsync(site.Form("form[action$='/arrived']"))).One("#people").TextContent.ShouldContain("到场 2");
        (await captain.OpenAsync($"/testing/{town.Round}/slots")).Text.ShouldContain("缺席");
        town.App.Clock.Advance(slot.Until - town.App.Clock.GetUtcNow());
        (await sampler.OpenAsync($"/testing/sites/{town.Site}/arrivals?slot={slot.Id}")).One("#people").TextContent.ShouldContain($"缺席 {people.Count - 2}");
        (await self.OpenAsync("/my-tests")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    private static NewSlot New(TestingTown town, int at, int capacity) =>
        new(town.Site, town.App.Clock.GetUtcNow().AddMinutes(60 + (30 * at)), town.App.Clock.GetUtcNow().AddMinutes(90 + (30 * at)), SamplingLane.Normal, RiskLevel.Low, capacity, []);

    private static async Task<List<Slot>> PublishAsync(TestingTown town, IReadOnlyList<NewSlot> plan)
    {
        (await town.App.CallAsync((PublishSlots p) => p.ExecuteAsync(town.Round, plan, town.Office, Ct))).IsFailure.ShouldBeFalse();
        return await town.App.ReadAsync(db => db.Set<Slot>().AsNoTracking().Where(s => s.WithdrawnAt == null).OrderBy(s => s.From).ToListAsync(Ct));
    }

    private static Task<int> SampleAsync(TestingTown town, string tube, Guid person, DateTimeOffset at) =>
        town.App.CallAsync((ITestingDesk d) => d.EnterTubesAsync(town.Round, [new PaperTube(tube, 10, town.Site, [new(person, at)], null, null)], town.Office, Ct));

    private static async Task<(int Taken, int Arrived, int Absent)> LineAsync(TestingTown town, Guid slot) =>
        (await town.App.CallAsync((ReadSlots r) => r.ListAsync(town.Round, town.Office, Ct))) is { } read && read.Lines.Single(l => l.Slot.Id == slot) is var line ? (line.Slot.Taken, line.Arrived, line.Absent) : default;

    private static async Task<List<BookingState>> StatesAsync(TestingTown town, Guid slot, IReadOnlyList<Guid> people)
    {
        var view = await town.App.CallAsync((ReadSlots r) => r.FindAsync(town.Round, slot, town.Office, Ct));
        return [.. people.Select(p => view.ShouldNotBeNull().People.Single(s => s.PersonId == p).State)];
    }

    private static async Task<string?> ArriveAsync(TestingTown town, Guid slot, Guid person, Actor actor) =>
        await town.App.CallAsync((KeepArrivals k) => k.ArriveAsync(town.Round, slot, person, actor, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;

    private static async Task<string?> TakeBackAsync(TestingTown town, Guid slot, Guid person, Actor actor) =>
        await town.App.CallAsync((KeepArrivals k) => k.TakeBackAsync(town.Round, slot, person, actor, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;
}
