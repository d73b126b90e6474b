using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Access.Contracts;
using Tongxin.Access.Returns;
using Tongxin.Access.Returns.Arrivals;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Modules.Tests.People;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Returns;

/// <summary>The check at the gate and the days after it.</summary>
public sealed class ArrivalTests
{
    [Theory, BothProviders]
    public async Task Check_RulesAskForObservation_AGuardCannotLetThrough(Provider provider)
    {
        await using var home = await ObservedAsync(provider);
        var record = await home.RecordAsync("2022001");
        record.Outcome.ShouldBe(ReturnOutcome.Observation);

        (await CheckAsync(home, home.Guard, ReturnTriage.Pass)).ShouldBe("returns.must-observe");
        (await CheckAsync(home, home.Doctor, ReturnTriage.Pass)).ShouldBe("returns.reason-missing");
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Decided);
        (await CheckAsync(home, home.Guard, ReturnTriage.Observation, where: "隔离楼 3")).ShouldBeNull();
        record = await home.RecordAsync("2022001");
        (record.State, record.ObservedUntil, record.ObservedWhere).ShouldBe((ReturnState.Observing, new DateOnly(2022, 4, 19), "隔离楼 3"));

        // To the last minute of its last day it is not over.
        home.App.Clock.Set(CampusCalendar.StartOf(new DateOnly(2022, 4, 20)).AddMinutes(-1));
        (await EndAsync(home, null)).ShouldBe("returns.not-over");
        home.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await home.WorkAsync();
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Observing);
        (await EndAsync(home, null)).ShouldBeNull();
        (await home.RecordAsync("2022001")).State.ShouldBe(ReturnState.Cleared);
        (await EndAsync(home, null)).ShouldBe("returns.step");
    }

    [Theory, BothProviders]
    public async Task Check_WithoutASlot_IsNotSentAway_AndTheDoctorDecidesAboutTheRoom(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        home.App.Clock.Set(CampusCalendar.At(Homecoming.First, new TimeOnly(9, 0)));

        (await CheckAsync(home, home.Guard, ReturnTriage.Observation)).ShouldBe("returns.doctor-decides");
        (await CheckAsync(home, home.Guard, ReturnTriage.TemporaryRoom, "37.9")).ShouldBeNull();
        // The device tells it once more.
        (await CheckAsync(home, home.Guard, ReturnTriage.TemporaryRoom, "37.9")).ShouldBeNull();
        (await CheckAsync(home, home.Guard, ReturnTriage.Pass)).ShouldBe("returns.doctor-decides");
        (await CheckAsync(home, home.Doctor, ReturnTriage.Observation, until: Homecoming.First.AddDays(40))).ShouldBe("returns.until-wrong");
        (await CheckAsync(home, home.Doctor, ReturnTriage.Observation, until: Homecoming.First.AddDays(3))).ShouldBeNull();

        var record = await home.RecordAsync("2022001");
        record.Triage.ShouldBe(Triage.Observation);
        var events = await home.App.ReadAsync(db => db.Set<ReturnEvent>().AsNoTracking().Where(e => e.ReturnId == record.Id).OrderBy(e => e.At).ToListAsync(Town.Ct));
        events.Select(e => e.Step).ShouldBe([ReturnStep.Declare, ReturnStep.Decide, ReturnStep.Arrive, ReturnStep.Shelter, ReturnStep.Observe]);
        events.ShouldAllBe(e => e.At != default);
        (await EndAsync(home, "抗原阴性，热退")).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Check_DevicesClockWrong_IsNeverInTheFuture(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        var record = await home.RecordAsync("2022001");
        var now = CampusCalendar.At(Homecoming.First, new TimeOnly(9, 0));
        home.App.Clock.Set(now);

        await home.App.CallAsync((ArrivalDesk d) => d.RecordAsync(new ReturnArrival(record.Id, ReturnTriage.Pass, null, now.AddYears(1), "phone-1"), home.Guard, Town.Ct));

        record = await home.RecordAsync("2022001");
        (record.ArrivedAt, record.State).ShouldBe((now, ReturnState.Cleared));
        (await home.App.ReadAsync(db => db.Set<ReturnEvent>().AnyAsync(e => e.Device == "phone-1", Town.Ct))).ShouldBeTrue();
        (await CheckAsync(home, home.Guard, ReturnTriage.TemporaryRoom)).ShouldBe("returns.step");
    }

    [Theory, BothProviders]
    public async Task Expected_OfAnotherCampus_IsEmpty(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        (await home.BookAsync((await home.RecordAsync("2022001")).Id, (await home.SlotsAsync())[0].Id)).ShouldBeNull();

        (await ExpectedAsync(home.Town.East.Id)).ShouldHaveSingleItem().NameMasked.ShouldBe("赵*");
        (await ExpectedAsync(home.Town.West.Id)).ShouldBeEmpty();

        Task<IReadOnlyList<ExpectedReturn>> ExpectedAsync(Guid place) => home.App.CallAsync((IReturnArrivals a) => a.ExpectedAsync(Homecoming.First, home.App.ActorOf(Roles.Guard, ScopeKind.Place, place), Town.Ct));
    }

    [Theory, BothProviders]
    public async Task Persons_Merged_KeepOneRecord(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        await home.DeclareAsync("钱多", "2022002", "13900002222");
        (await home.BookAsync((await home.RecordAsync("2022002")).Id, (await home.SlotsAsync())[0].Id)).ShouldBeNull();

        await home.App.ReadAsync(async db =>
        {
            db.Raise(new PersonMerged(home.Town.Zhao.Id, home.Town.Qian.Id));
            db.Record(Actor.System, "test.merged", "person", null);
            await db.CommitAsync(Town.Ct);
            return 0;
        });

        var all = await home.RecordsAsync();
        all.ShouldAllBe(r => r.PersonId == home.Town.Zhao.Id);
        all.Single(r => r.State != ReturnState.Cancelled).Number.ShouldBe("2022002");
    }

    [Theory, BothProviders]
    public async Task Chain_StepsInAWrongOrder_AreRefusedAndLeaveNoTrace(Provider provider)
    {
        await using var home = await Homecoming.BuildAsync(provider);
        await home.DeclareAsync("赵敏", "2022001");
        var record = await home.RecordAsync("2022001");
        var before = await CountAsync();

        (await home.App.CallAsync((ChangeReturn c) => c.ReleaseAsync(record.Id, ReturnDoer.Self, Town.Ct))).Error.Code.ShouldBe("returns.step");
        (await EndAsync(home, "x")).ShouldBe("returns.step");
        (await home.BookAsync(record.Id, Tongxin.Platform.Ids.New())).ShouldBe("returns.slot-not-found");
        (await home.App.CallAsync((ChangeReturn c) => c.CancelAsync(record.Id, null, ReturnDoer.Self, Town.Ct))).IsFailure.ShouldBeFalse();
        (await home.App.CallAsync((ChangeReturn c) => c.CancelAsync(record.Id, null, ReturnDoer.Self, Town.Ct))).Error.Code.ShouldBe("returns.step");
        (await home.BookAsync(record.Id, (await home.SlotsAsync())[0].Id)).ShouldBe("returns.step");
        (await CheckAsync(home, home.Guard, ReturnTriage.Pass)).ShouldBe("returns.step");

        (await CountAsync()).ShouldBe(before + 1);

        Task<int> CountAsync() => home.App.ReadAsync(db => db.Set<ReturnEvent>().CountAsync(e => e.ReturnId == record.Id, Town.Ct));
    }

    private static async Task<Homecoming> ObservedAsync(Provider provider)
    {
        var home = await Homecoming.BuildAsync(provider);
        await home.ForceAsync(await home.PublishAsync($"{Homecoming.Street},,高风险,2022-04-02,2022-04-06"));
        await home.DeclareAsync("赵敏", "2022001", "13900001111", Homecoming.Journey(null, Homecoming.In(Homecoming.Street, 1, 5), Homecoming.In(Homecoming.Far, 5, 12)));
        home.App.Clock.Set(CampusCalendar.At(Homecoming.First, new TimeOnly(9, 0)));
        return home;
    }

    private static async Task<string?> CheckAsync(Homecoming home, Actor actor, ReturnTriage triage, string? note = null, DateOnly? until = null, string? where = null)
    {
        var record = await home.RecordAsync("2022001");
        return await home.App.CallAsync((ArrivalDesk d) => d.RecordAsync(new ReturnArrival(record.Id, triage, note, null, null, until, where), actor, Town.Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;
    }

    private static async Task<string?> EndAsync(Homecoming home, string? why)
    {
        var record = await home.RecordAsync("2022001");
        return await home.App.CallAsync((ArrivalDesk d) => d.EndAsync(record.Id, why, home.Doctor, Town.Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;
    }
}
