using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Protocols;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Modules.Tests.Access;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.FieldPack;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Symptoms;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>Who is sampled in which lane beside age and measures: the disabled who can come, and whoever has symptoms in this round.</summary>
public sealed class SymptomTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Open_WithSomebodyDisabledWhoCanCome_IsTheGreenLane(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider, opened: false);
        var able = await town.MoveInAsync(town.Estate.Homes[0], new PersonFacts { Name = "周行" }, CareKind.Disabled);
        await town.OpenHereAsync();

        (await LaneAsync(town, able)).ShouldBe(SamplingLane.Green);
    }

    [Theory, BothProviders]
    public async Task Mark_MovesLaneSlotAndPackAndBackAgain(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = (await town.PeopleAsync()).Select(p => p.Id).ToList();
        var slots = await PublishAsync(town, [New(town, 0, 20) with { People = people }, New(town, 2, 1, SamplingLane.Apart)]);
        var doctor = town.App.ActorOf(Roles.Doctor);
        var sampler = town.App.ActorOf(Roles.Sampler, ScopeKind.Place, town.Estate.Buildings[0].Id);

        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => MarkAsync(town, people[0], doctor), Ct)));

        answers.ShouldAllBe(a => a == null);
        (await LaneAsync(town, people[0])).ShouldBe(SamplingLane.Apart);
        (await SlotOfAsync(town, people[0])).ShouldBe(slots[1].Id);
        (await town.App.CallAsync((ReadTablePack p) => p.ExecuteAsync(sampler, Ct))).Rounds.Single().People.Single(p => p.Id == people[0]).Lane.ShouldBe("Apart");
        // The one place apart is taken: the next is sampled apart without a slot, and told.
        (await MarkAsync(town, people[1], doctor)).ShouldBeNull();
        (await SlotOfAsync(town, people[1])).ShouldBeNull();
        (await TakenAsync(town)).ShouldBe([people.Count - 2, 1]);

        (await town.App.CallAsync((MarkSymptoms m) => m.TakeBackAsync(town.Round, people[0], doctor, Ct))).IsFailure.ShouldBeFalse();
        (await LaneAsync(town, people[0])).ShouldBe(SamplingLane.Normal);
        (await SlotOfAsync(town, people[0])).ShouldBe(slots[0].Id);
        (await TakenAsync(town)).ShouldBe([people.Count - 1, 0]);
        (await town.App.JournalAsync("screening.lane.apart")).Count.ShouldBe(2);

        // It is said for this round alone.
        (await town.App.CallAsync((ITestingDesk d) => d.CloseRoundAsync(town.Round, "测试", town.Office, Ct))).IsFailure.ShouldBeFalse();
        (await town.App.ReadAsync(db => db.Set<SymptomMark>().CountAsync(Ct))).ShouldBe(0);
        (await MarkAsync(town, people[2], doctor)).ShouldBe("symptoms.closed");
    }

    [Theory, BothProviders]
    public async Task Mark_ByWhomItConcerns_IsReadByThemAndADoctorAlone(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        var own = people.First(p => p.CellId == town.Estate.Cells[0].Id).Id;
        var (captain, other, doctor) = (town.Estate.Captain(0), town.Estate.Captain(1), town.App.ActorOf(Roles.Doctor));
        var self = town.App.ActorOf(Roles.Helper, personId: own);

        (await MarkAsync(town, own, other)).ShouldBe("symptoms.not-found");
        (await MarkAsync(town, Ids.New(), doctor)).ShouldBe("symptoms.not-found");
        (await town.App.CallAsync((MarkSymptoms m) => m.MarkOwnAsync(town.Round, people.First(p => p.Id != own).Id, self, Ct))).Error.Code.ShouldBe("symptoms.not-found");
        (await town.App.CallAsync((MarkSymptoms m) => m.MarkOwnAsync(town.Round, own, self, Ct))).IsFailure.ShouldBeFalse();

        (await ViewAsync(town, own, captain)).ShouldBe((SamplingLane.Apart, false));
        (await ViewAsync(town, own, doctor)).ShouldBe((SamplingLane.Apart, true));
        (await ViewAsync(town, own, other)).ShouldBeNull();
        (await town.App.CallAsync((MarkSymptoms m) => m.TakeBackAsync(town.Round, own, captain, Ct))).Error.Code.ShouldBe("symptoms.not-marked");
        (await town.App.CallAsync((MarkSymptoms m) => m.TakeBackOwnAsync(town.Round, own, self, Ct))).IsFailure.ShouldBeFalse();
        (await town.App.CallAsync((MarkSymptoms m) => m.TakeBackOwnAsync(town.Round, own, self, Ct))).Error.Code.ShouldBe("symptoms.not-marked");

        await town.RecordAsync(town.Fact(own, OutcomeKind.Done));
        (await MarkAsync(town, own, captain)).ShouldBe("symptoms.sampled");
    }

    [Fact]
    public async Task Pages_OfPersonAndCaptain_SayApartAndNoReason()
    {
        await using var town = await TestingTown.BuildAsync(Provider.Sqlite);
        var own = (await town.PeopleAsync()).First(p => p.CellId == town.Estate.Cells[0].Id).Id;
        using var self = await town.App.SignInAsAsync(null, ScopeKind.Everything, null, own);
        using var captain = await town.Estate.SignInCaptainAsync(0);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var address = $"/testing/{town.Round}/people/{own}/lane";

        var done = await self.SubmitAsync((await self.OpenAsync("/my-tests")).Form("form[action*='/symptoms']"));
        done.Text.ShouldContain("专用通道");
        done.Text.ShouldContain("撤回“有症状”");
        var page = await captain.OpenAsync(address);
        page.One("#lane").TextContent.ShouldContain("分开采样");
        page.All("#lane dt").Select(d => d.TextContent).ShouldNotContain("有症状");
        (await office.Http.GetAsync(new Uri(address, UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await captain.OpenAsync($"/testing/{town.Round}/list")).Text.ShouldContain("登记");
    }

    private static NewSlot New(TestingTown town, int at, int capacity, SamplingLane lane = SamplingLane.Normal) =>
        new(town.Site, town.App.Clock.GetUtcNow().AddMinutes(60 + (30 * at)), town.App.Clock.GetUtcNow().AddMinutes(90 + (30 * at)), lane, RiskLevel.Low, capacity, []);

    private static async Task<List<Slot>> PublishAsync(TestingTown town, IReadOnlyList<NewSlot> plan)
    {
        (await town.App.CallAsync((PublishSlots p) => p.ExecuteAsync(town.Round, plan, town.Office, Ct))).IsFailure.ShouldBeFalse();
        return await town.App.ReadAsync(db => db.Set<Slot>().AsNoTracking().OrderBy(s => s.From).ToListAsync(Ct));
    }

    private static Task<List<int>> TakenAsync(TestingTown town) => town.App.ReadAsync(db => db.Set<Slot>().OrderBy(s => s.From).Select(s => s.Taken).ToListAsync(Ct));

    private static Task<SamplingLane> LaneAsync(TestingTown town, Guid person) => town.App.ReadAsync(db => db.Set<Member>().Where(m => m.RoundId == town.Round && m.PersonId == person).Select(m => m.Lane).SingleAsync(Ct));

    private static Task<Guid?> SlotOfAsync(TestingTown town, Guid person) => town.App.ReadAsync(db => db.Set<SlotBooking>().Where(b => b.RoundId == town.Round && b.PersonId == person).Select(b => b.SlotId).SingleAsync(Ct));

    private static async Task<(SamplingLane Lane, bool Marked)?> ViewAsync(TestingTown town, Guid person, Actor actor) =>
        await town.App.CallAsync((ReadSymptoms r) => r.FindAsync(town.Round, person, actor, Ct)) is { } view ? (view.Lane, view.MarkedAt is not null) : null;

    private static async Task<string?> MarkAsync(TestingTown town, Guid person, Actor actor) =>
        await town.App.CallAsync((MarkSymptoms m) => m.MarkAsync(town.Round, person, actor, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;
}
