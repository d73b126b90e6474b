using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Core.Text;
using Tongxin.Modules.Tests.Grid;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;
using Tongxin.Platform.Outbox;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Contracts;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>Slots: called by entrance, chosen by persons, one a person, never over capacity, released by the captain.</summary>
public sealed class BookingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Book_AThousandAtOnce_NeverExceedsASlot(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, entrances: 2, rooms: 500);
        var people = (await town.PeopleAsync()).Select(p => p.Id).ToList();
        people.Count.ShouldBe(1000);
        // Ten slots of thirty for a thousand people: seven hundred must hear that it is full.
        var slots = await PublishAsync(town, [.. Enumerable.Range(0, 10).Select(i => New(town, i, 30))]);
        var actors = people.ConvertAll(p => town.App.ActorOf(Roles.Helper, personId: p));

        var answers = await Task.WhenAll(actors.Select((actor, i) => Task.Run(() => OwnAsync(town, people[i], slots[i % 10].Id, actor), Ct)));

        answers.Count(a => a is null).ShouldBe(300);
        answers.Where(a => a is not null).ShouldAllBe(a => a == "booking.slot-full");
        (await SlotsAsync(town)).ShouldAllBe(s => s.Taken == 30);
        await NothingIsBrokenAsync(town);
    }

    [Theory, BothProviders]
    public async Task Book_InARoundThatIsNone_IsRefusedBeforeAnyQueue(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);

        var answer = await town.App.CallAsync((SlotSeats seats) => seats.WithinAsync(Ids.New(), () => throw new InvalidOperationException("Nobody is let in."), Ct));

        answer.Error.Code.ShouldBe("booking.not-found");
    }

    [Theory, BothProviders]
    public async Task Bot_ThatBooksEverything_HoldsOneSlotAndIsStopped(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = (await town.PeopleAsync()).Select(p => p.Id).ToList();
        var slots = await PublishAsync(town, [.. Enumerable.Range(0, 40).Select(i => New(town, 0, 5) with { From = town.App.Clock.GetUtcNow().AddMinutes(60 + (10 * i)), Until = town.App.Clock.GetUtcNow().AddMinutes(70 + (10 * i)) })]);
        var bot = town.App.ActorOf(Roles.Helper, personId: people[0]);

        // For strangers: there is nobody.
        (await OwnAsync(town, people[5], slots[0].Id, bot)).ShouldBe("booking.not-found");
        // For itself, all slots at once: one stays, and after twenty changes nothing more for an hour.
        var answers = await Task.WhenAll(slots.Select(s => Task.Run(() => OwnAsync(town, people[0], s.Id, bot), Ct)));
        answers.Count(a => a is null).ShouldBe(ChangeBooking.MostAnHour);
        answers.Count(a => a == "booking.too-many").ShouldBe(20);
        (await SlotsAsync(town)).Sum(s => s.Taken).ShouldBe(1);
        await NothingIsBrokenAsync(town);

        // The captain releases it; a captain of other cells finds nobody.
        var cell = (await town.PeopleAsync())[0].CellId;
        var captain = town.Estate.Cells.FindIndex(c => c.Id == cell);
        (await ReleaseAsync(town, people[0], "刷号", town.Estate.Captain(1 - captain))).ShouldBe("booking.not-found");
        (await ReleaseAsync(town, people[0], " ", town.Estate.Captain(captain))).ShouldBe("booking.reason-missing");
        (await ReleaseAsync(town, people[0], "刷号", town.Estate.Captain(captain))).ShouldBeNull();
        (await ReleaseAsync(town, people[0], "刷号", town.Estate.Captain(captain))).ShouldBe("booking.nothing");
        (await SlotsAsync(town)).Sum(s => s.Taken).ShouldBe(0);
        town.App.Clock.Advance(TimeSpan.FromMinutes(61));
        (await OwnAsync(town, people[0], slots[20].Id, bot)).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Wait_ForAFullSlot_GetsThePlaceThatIsGivenBack(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = (await town.PeopleAsync()).Select(p => p.Id).ToList();
        var slots = await PublishAsync(town, [New(town, 0, 1), New(town, 1, 1), New(town, 2, 1)]);
        var (first, second, third) = (Self(0), Self(1), Self(2));
        (await OwnAsync(town, people[0], slots[0].Id, first)).ShouldBeNull();
        (await OwnAsync(town, people[1], slots[1].Id, second)).ShouldBeNull();
        (await WaitAsync(people[2], slots[2].Id, third)).ShouldBe("booking.slot-free");
        // The second waits for the first's slot, the third for the second's: one release moves both.
        (await WaitAsync(people[1], slots[0].Id, second)).ShouldBeNull();
        (await WaitAsync(people[2], slots[1].Id, third)).ShouldBeNull();

        (await town.App.CallAsync((OwnBooking b) => b.CancelAsync(town.Round, people[0], first, Ct))).IsFailure.ShouldBeFalse();

        (await BookingAsync(people[1])).SlotId.ShouldBe(slots[0].Id);
        (await BookingAsync(people[2])).SlotId.ShouldBe(slots[1].Id);
        (await BookingAsync(people[0])).SlotId.ShouldBeNull();
        await NothingIsBrokenAsync(town);
        await WorkAsync(town);
        (await town.App.ReadAsync(db => db.Set<TestingNote>().CountAsync(n => n.What == "note.slot-promoted", Ct))).ShouldBe(2);
        (await town.App.CallAsync((OwnBooking b) => b.StopWaitingAsync(town.Round, people[2], third, Ct))).Error.Code.ShouldBe("booking.nothing");

        Actor Self(int at) => town.App.ActorOf(Roles.Helper, personId: people[at]);
        async Task<string?> WaitAsync(Guid person, Guid slot, Actor actor) =>
            await town.App.CallAsync((OwnBooking b) => b.WaitAsync(town.Round, person, slot, actor, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;
        Task<SlotBooking> BookingAsync(Guid person) => town.App.ReadAsync(db => db.Set<SlotBooking>().AsNoTracking().SingleAsync(b => b.PersonId == person, Ct));
    }

    [Theory, BothProviders]
    public async Task Book_WhatDoesNotFit_IsRefused(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);
        var aged = await town.MoveInAsync(town.Estate.Homes[0], new PersonFacts { Name = "张老", BirthDate = new DateOnly(1950, 1, 1) });
        var lame = await town.MoveInAsync(town.Estate.Homes[0], new PersonFacts { Name = "李行" }, CareKind.LimitedMobility);
        await town.OpenHereAsync();
        var head = (await town.PeopleAsync()).First(p => p.Label == town.Estate.Homes[0].Label && p.Id != aged && p.Id != lame).Id;
        var slots = await PublishAsync(town, [New(town, 0, 5), New(town, 1, 5, SamplingLane.Green), New(town, 2, 5, SamplingLane.Apart)]);
        // The head of the family acts for all at home.
        var self = town.App.ActorOf(Roles.Helper, personId: head);

        (await OwnAsync(town, head, slots[1].Id, self)).ShouldBe("booking.lane");
        (await OwnAsync(town, head, slots[2].Id, self)).ShouldBe("booking.lane");
        (await OwnAsync(town, aged, slots[2].Id, self)).ShouldBe("booking.lane");
        (await OwnAsync(town, aged, slots[1].Id, self)).ShouldBeNull();
        (await OwnAsync(town, aged, slots[0].Id, self)).ShouldBeNull();
        (await OwnAsync(town, lame, slots[0].Id, self)).ShouldBe("booking.at-home");
        (await OwnAsync(town, head, Ids.New(), self)).ShouldBe("booking.slot-not-found");
        (await OwnAsync(town, head, slots[0].Id, self)).ShouldBeNull();
        (await OwnAsync(town, head, slots[0].Id, self)).ShouldBeNull();
        (await SlotsAsync(town)).Sum(s => s.Taken).ShouldBe(2);

        await town.RecordAsync(town.Fact(head, OutcomeKind.Done));
        (await town.App.CallAsync((OwnBooking b) => b.CancelAsync(town.Round, head, self, Ct))).Error.Code.ShouldBe("booking.sampled");
        town.App.Clock.Advance(TimeSpan.FromHours(3));
        (await OwnAsync(town, aged, slots[1].Id, self)).ShouldBe("booking.slot-over");
        town.App.Clock.Advance(TimeSpan.FromHours(9));
        (await OwnAsync(town, aged, slots[1].Id, self)).ShouldBe("booking.closed");
    }

    [Theory, BothProviders]
    public async Task Publish_Twice_MovesOnlyWhomThePlanMovesAndTellsThem(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = (await town.PeopleAsync()).Select(p => p.Id).ToList();
        var first = await PublishAsync(town, [New(town, 0, 8) with { People = people[..8] }, New(town, 1, 10) with { People = people[8..] }]);
        (await SlotsAsync(town)).Select(s => s.Taken).ShouldBe([8, 8]);
        await WorkAsync(town);
        (await NotesAsync("note.slot-published")).ShouldBe(16);
        // Two choose the later slot themselves.
        (await OwnAsync(town, people[0], first[1].Id, town.App.ActorOf(Roles.Helper, personId: people[0]))).ShouldBeNull();
        (await OwnAsync(town, people[1], first[1].Id, town.App.ActorOf(Roles.Helper, personId: people[1]))).ShouldBeNull();

        // The first slot is no more; its six go to a third one.
        var again = await town.App.CallAsync((PublishSlots p) => p.ExecuteAsync(town.Round, [New(town, 1, 10) with { People = people[8..] }, New(town, 2, 10) with { People = people[..8] }], town.Office, Ct));

        again.Value.ShouldBe(new Published(2, 14, 6, 2, 0));
        var slots = await SlotsAsync(town);
        slots.Select(s => (s.Id == first[1].Id, s.Taken)).ShouldBe([(true, 10), (false, 6)]);
        await NothingIsBrokenAsync(town);
        await WorkAsync(town);
        (await NotesAsync("note.slot-changed")).ShouldBe(6);
        (await town.App.ReadAsync(db => db.Set<SlotUnit>().Where(u => u.SlotId == first[1].Id).SumAsync(u => u.People, Ct))).ShouldBe(10);

        (await PublishCodeAsync([New(town, 1, 5) with { People = people[..6] }])).ShouldBe("booking.plan-invalid");
        (await PublishCodeAsync([New(town, 1, 5) with { People = [Ids.New()] }])).ShouldBe("booking.plan-invalid");
        (await PublishCodeAsync([New(town, 1, 5) with { People = [people[0]] }, New(town, 2, 5) with { People = [people[0]] }])).ShouldBe("booking.plan-invalid");

        Task<int> NotesAsync(string what) => town.App.ReadAsync(db => db.Set<TestingNote>().CountAsync(n => n.What == what, Ct));
        async Task<string?> PublishCodeAsync(IReadOnlyList<NewSlot> plan) => await town.App.CallAsync((PublishSlots p) => p.ExecuteAsync(town.Round, plan, town.Office, Ct)) is { IsFailure: true } no ? no.Error.Code : null;
    }

    [Theory, BothProviders]
    public async Task Pages_OfSlots_AreForTheirPersons(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        var slots = await PublishAsync(town, [New(town, 0, 16) with { People = [.. people.Select(p => p.Id)] }]);
        await WorkAsync(town);
        using var self = await town.App.SignInAsAsync(null, ScopeKind.Everything, null, people[0].Id);
        using var nobody = await town.App.SignInAsAsync(null, ScopeKind.Everything, null, personId: null);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var captain = await town.Estate.SignInCaptainAsync(0);

        var page = await self.OpenAsync("/my-tests");
        page.Text.ShouldContain("南门采样点");
        page.Text.ShouldContain("检测时段已公布");
        (await self.OpenAsync("/my-tests")).Text.ShouldNotContain("检测时段已公布");
        (await self.OpenAsync($"/my-tests/{town.Round}/{people[0].Id}")).Text.ShouldContain("已约");
        (await self.Http.GetAsync(new Uri($"/my-tests/{town.Round}/{people[1].Id}", UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await nobody.OpenAsync("/my-tests")).Text.ShouldContain("账号还没有对应的人员");
        (await office.OpenAsync($"/testing/{town.Round}/slots")).Text.ShouldContain("16");
        (await captain.OpenAsync($"/testing/{town.Round}/slots/{slots[0].Id}")).All("main .rows > li").Count.ShouldBe(8);
        var left = await self.SubmitAsync((await self.OpenAsync("/my-tests")).Form("form[action$='/cancel']"));
        left.Text.ShouldContain("已取消");
        (await SlotsAsync(town))[0].Taken.ShouldBe(15);
        var released = people.First(p => p.CellId == town.Estate.Cells[0].Id && p.Id != people[0].Id).Id;
        await captain.SubmitAsync((await captain.OpenAsync($"/testing/{town.Round}/slots/{slots[0].Id}")).Form($"#p-{released:N} form").Set("why", "外出"));
        (await SlotsAsync(town))[0].Taken.ShouldBe(14);
    }

    [Theory, BothProviders]
    public async Task Give_ByHand_SeatsWhomTheCaptainFinds(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        var (own, other) = (people.First(p => p.CellId == town.Estate.Cells[0].Id), people.First(p => p.CellId == town.Estate.Cells[1].Id));
        var slots = await PublishAsync(town, [New(town, 0, 1), New(town, 1, 4) with { People = [other.Id] }]);
        using var captain = await town.Estate.SignInCaptainAsync(0);
        using var helper = await town.App.SignInAsAsync(Roles.Helper, ScopeKind.Team, town.Estate.Teams[0].Id);
        var address = $"/testing/{town.Round}/slots/{slots[0].Id}";

        var found = await captain.OpenAsync($"{address}?q={Uri.EscapeDataString(own.Label)}");
        found.One("#give li").TextContent.ShouldContain("还没有时段");
        (await captain.SubmitAsync(found.Form("#give form[action$='/give']"))).One("#people").TextContent.ShouldContain(own.Label);

        (await SlotsAsync(town))[0].Taken.ShouldBe(1);
        var full = await captain.OpenAsync(address);
        full.One("#give").TextContent.ShouldContain("已满");
        var next = $"/testing/{town.Round}/slots/{slots[1].Id}";
        (await captain.OpenAsync($"{next}?q={Uri.EscapeDataString(other.Label)}")).One("#give").TextContent.ShouldContain("名单里没有这个人", customMessage: "another cell");
        (await captain.OpenAsync($"{next}?q={Uri.EscapeDataString(own.Label)}")).One("#give li").TextContent.ShouldContain("现在");
        (await town.App.CallAsync((StaffBooking b) => b.BookAsync(town.Round, other.Id, slots[1].Id, town.Estate.Captain(0), Ct))).Error.Code.ShouldBe("booking.not-found");
        (await town.App.CallAsync((StaffBooking b) => b.BookAsync(town.Round, other.Id, slots[0].Id, town.Office, Ct))).Error.Code.ShouldBe("booking.slot-full");
        (await helper.OpenAsync(address)).All("#give").Count.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Release_OfASlotThatThePersonLeft_IsRefused(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var person = (await town.PeopleAsync())[0].Id;
        var slots = await PublishAsync(town, [New(town, 0, 2) with { People = [person] }, New(town, 1, 2)]);
        (await OwnAsync(town, person, slots[1].Id, town.App.ActorOf(Roles.Helper, personId: person))).ShouldBeNull();

        (await ReleaseAsync(town, person, "外出", town.Office, slots[0].Id)).ShouldBe("booking.other-slot");
        (await SlotsAsync(town)).Select(s => s.Taken).ShouldBe([0, 1]);
        (await ReleaseAsync(town, person, "外出", town.Office, slots[1].Id)).ShouldBeNull();
        (await SlotsAsync(town)).Select(s => s.Taken).ShouldBe([0, 0]);
    }

    [Theory, BothProviders]
    public async Task Book_AfterPublishingForAll_IsNotCountedAsOwnSteps(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, entrances: 4);
        var people = (await town.PeopleAsync()).Select(p => p.Id).ToList();
        var office = town.App.ActorOf(Roles.Office, personId: people[0]);
        var plan = new[] { New(town, 0, 40) with { People = people }, New(town, 1, 40) };
        (await town.App.CallAsync((PublishSlots p) => p.ExecuteAsync(town.Round, plan, office, Ct))).IsFailure.ShouldBeFalse();
        var slots = await SlotsAsync(town);
        foreach (var person in people.Skip(1).Take(ChangeBooking.MostAnHour)) (await ReleaseAsync(town, person, "外出", office, slots[0].Id)).ShouldBeNull();

        (await OwnAsync(town, people[0], slots[1].Id, office)).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Publish_ThatHasToBeginAnew_ForgetsNothing(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = (await town.PeopleAsync()).Select(p => p.Id).ToList();
        var turns = 0;

        var done = await town.App.InScopeAsync(services => services.GetRequiredService<PublishSlots>().ExecuteAsync(town.Round, () =>
        {
            services.GetRequiredService<TongxinDb>().Record(town.Office, "test.said", "round", town.Round);
            if (++turns == 1) throw new DbUpdateConcurrencyException("Somebody was faster.");
            return Task.FromResult<Result<List<NewSlot>>>(new List<NewSlot> { New(town, 0, 16) with { People = people } });
        }, town.Office, Ct));

        done.Value.ShouldBe(new Published(1, 16, 0, 0, 0));
        turns.ShouldBe(2);
        (await town.App.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "test.said", Ct))).ShouldBe(1);
        await NothingIsBrokenAsync(town);
    }

    [Theory, BothProviders]
    public async Task Results_OfTheFamily_AreShownOfChildrenOnly(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);
        var wife = await town.MoveInAsync(town.Estate.Homes[0], new PersonFacts { Name = "李女士", BirthDate = new DateOnly(1985, 1, 1) });
        var child = await town.MoveInAsync(town.Estate.Homes[0], new PersonFacts { Name = "王小宝", BirthDate = new DateOnly(2018, 1, 1) });
        await town.OpenHereAsync();
        var head = (await town.PeopleAsync()).First(p => p.Label == town.Estate.Homes[0].Label && p.Id != wife && p.Id != child).Id;
        var now = town.App.Clock.GetUtcNow();
        await town.App.CallAsync((ITestingDesk d) => d.EnterTubesAsync(
            town.Round, [new PaperTube("T1", 10, town.Site, [new(head, now.AddMinutes(-9)), new(wife, now.AddMinutes(-8)), new(child, now.AddMinutes(-7))], TubeResult.Neg, now)], town.Office, Ct));

        var seen = (await town.App.CallAsync((ReadOwnTests r) => r.ListAsync(town.App.ActorOf(Roles.Helper, personId: head), Ct))).ToDictionary(t => t.PersonId);

        (seen[head].Result?.Status, seen[child].Result?.Status).ShouldBe((TestStatus.Neg, TestStatus.Neg));
        (seen[wife].Result, seen[wife].IsResultKept).ShouldBe((null, true));
        using var husband = await town.App.SignInAsAsync(null, ScopeKind.Everything, null, head);
        var page = await husband.OpenAsync("/my-tests");
        page.Text.ShouldContain("结果由本人查看");
        page.Text.Split("阴性").Length.ShouldBe(3);
        (await town.App.CallAsync((ReadOwnTests r) => r.ListAsync(town.App.ActorOf(Roles.Helper, personId: wife), Ct)))[0].Result?.Status.ShouldBe(TestStatus.Neg);
    }

    private static NewSlot New(TestingTown town, int at, int capacity, SamplingLane lane = SamplingLane.Normal) =>
        new(town.Site, town.App.Clock.GetUtcNow().AddMinutes(60 + (30 * at)), town.App.Clock.GetUtcNow().AddMinutes(90 + (30 * at)), lane, RiskLevel.Low, capacity, []);

    private static async Task<List<Slot>> PublishAsync(TestingTown town, IReadOnlyList<NewSlot> plan)
    {
        var done = await town.App.CallAsync((PublishSlots p) => p.ExecuteAsync(town.Round, plan, town.Office, Ct));
        done.IsFailure.ShouldBeFalse(done.IsFailure ? done.Error.Code : null);
        return await SlotsAsync(town);
    }

    private static Task<List<Slot>> SlotsAsync(TestingTown town) =>
        town.App.ReadAsync(db => db.Set<Slot>().AsNoTracking().Where(s => s.RoundId == town.Round && s.WithdrawnAt == null).OrderBy(s => s.From).ToListAsync(Ct));

    private static async Task<string?> OwnAsync(TestingTown town, Guid person, Guid slot, Actor actor) =>
        await town.App.CallAsync((OwnBooking b) => b.BookAsync(town.Round, person, slot, actor, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;

    /// <summary>Of the slot the person has, unless another is meant.</summary>
    private static async Task<string?> ReleaseAsync(TestingTown town, Guid person, string why, Actor actor, Guid? meant = null)
    {
        var slot = meant ?? await town.App.ReadAsync(db => db.Set<SlotBooking>().Where(b => b.RoundId == town.Round && b.PersonId == person).Select(b => b.SlotId).SingleOrDefaultAsync(Ct));
        return await town.App.CallAsync((StaffBooking b) => b.ReleaseAsync(town.Round, person, slot ?? Guid.Empty, why, actor, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;
    }

    private static async Task WorkAsync(TestingTown town)
    {
        var worker = town.App.Services.GetRequiredService<OutboxWorker>();
        for (var turn = 0; turn < 3; turn++) await worker.RunDueAsync(Ct);
    }

    /// <summary>What slots say they have taken is what persons have.</summary>
    private static async Task NothingIsBrokenAsync(TestingTown town)
    {
        var taken = await town.App.ReadAsync(db => db.Set<SlotBooking>().Where(b => b.SlotId != null).GroupBy(b => b.SlotId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(Ct));
        foreach (var slot in await town.App.ReadAsync(db => db.Set<Slot>().AsNoTracking().Where(s => s.WithdrawnAt == null).ToListAsync(Ct)))
        {
            slot.Taken.ShouldBe(taken.Find(t => t.Key == slot.Id)?.Count ?? 0);
            slot.Taken.ShouldBeLessThanOrEqualTo(slot.Capacity);
        }
    }
}
