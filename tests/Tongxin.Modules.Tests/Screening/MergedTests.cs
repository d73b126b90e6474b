using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Protocols;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;
using Tongxin.People.Data;
using Tongxin.People.MergePersons;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>Two entries of the register turn out to be one person while a round runs: slot, samples and what is still to be done follow.</summary>
public sealed class MergedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Merge_SampledUnderTheEntryOffTheRoll_CountsAndIsReadUnderBoth(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var onRoll = (await town.PeopleAsync())[0].Id;
        var kept = await town.MoveInAsync(town.Estate.Homes[0], new PersonFacts { Name = "王小一" });
        await SampleAsync(town, "T1", kept);
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 0));

        await MergeAsync(town, kept, onRoll);

        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 1, 0));
        foreach (var entry in new[] { kept, onRoll })
        {
            (await town.App.CallAsync((ITests t) => t.OfPersonAsync(entry, Ct))).ShouldHaveSingleItem().Status.ShouldBe(TestStatus.Sampled);
            (await town.App.CallAsync((ITests t) => t.FindAsync(town.Round, [entry], Ct)))[entry].PersonId.ShouldBe(entry);
        }
        var own = (await town.App.CallAsync((ReadOwnTests r) => r.ListAsync(Self(town, kept), Ct))).First(t => t.Name == "王小一" && t.PersonId == onRoll);
        (own.Status, own.Result?.Status).ShouldBe((TargetStatus.Done, TestStatus.Sampled));

        // The tube is lost: the entry on the roll is open again.
        await WriteAsync(town, Fact(town, "T1", TubeFactKind.Voided) with { Reason = "破损" });
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 0));
    }

    [Theory, BothProviders]
    public async Task Sample_OfSomebodyMergedBefore_CountsForTheEntryOnTheRoll(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = await town.PeopleAsync();
        await PublishAsync(town, New(town, 0, 16) with { People = [.. people.Select(p => p.Id)] });
        var kept = await town.MoveInAsync(town.Estate.Homes[0], new PersonFacts { Name = "王小一" });
        await MergeAsync(town, kept, people[0].Id);
        var self = Self(town, kept);

        // The slot stays with the entry on the roll, and the person finds and changes it.
        var before = (await town.App.CallAsync((ReadOwnTests r) => r.ListAsync(self, Ct)))[0];
        (before.PersonId, before.Slot is not null, before.Status).ShouldBe((people[0].Id, true, TargetStatus.Outstanding));
        (await town.App.CallAsync((ReadOwnTests r) => r.FindAsync(town.Round, before.PersonId, self, Ct))).ShouldNotBeNull();
        (await town.App.CallAsync((OwnBooking b) => b.CancelAsync(town.Round, before.PersonId, self, Ct))).IsFailure.ShouldBeFalse();

        var written = await SampleAsync(town, "T1", kept);

        written.Answers.ShouldAllBe(a => a.Verdict == TubeVerdict.Recorded && a.Warnings.Count == 0);
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 1, 0));
        (await town.PeopleAsync()).Single(p => p.Id == people[0].Id).Status.ShouldBe(TargetStatus.Done);
    }

    [Theory, BothProviders]
    public async Task Merge_OfTwoWithSlots_GivesOnePlaceToWhoWaits(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = (await town.PeopleAsync()).Select(p => p.Id).ToList();
        var slots = await PublishAsync(town, New(town, 0, 1) with { People = [people[0]] }, New(town, 1, 1) with { People = [people[1]] }, New(town, 2, 3));
        (await town.App.CallAsync((OwnBooking b) => b.WaitAsync(town.Round, people[2], slots[0].Id, Self(town, people[2]), Ct))).IsFailure.ShouldBeFalse();
        (await town.App.CallAsync((OwnBooking b) => b.WaitAsync(town.Round, people[0], slots[1].Id, Self(town, people[0]), Ct))).IsFailure.ShouldBeFalse();

        await MergeAsync(town, people[1], people[0]);

        (await BookingAsync(town, people[2])).SlotId.ShouldBe(slots[0].Id);
        (await BookingAsync(town, people[1])).SlotId.ShouldBe(slots[1].Id);
        var gone = await BookingAsync(town, people[0]);
        (gone.SlotId, gone.WaitsFor).ShouldBe((null, null));
        (await SlotsAsync(town)).Select(s => s.Taken).ShouldBe([1, 1, 0]);
        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 0, 1));
        (await town.PeopleAsync()).Single(p => p.Id == people[0]).Reason.ShouldBe(nameof(ExcuseReason.Duplicate));
    }

    [Theory, BothProviders]
    public async Task Merge_OnlyTheEntryThatGoesHasASlot_TheOtherTakesIt(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = (await town.PeopleAsync()).Where(p => p.PlaceId == town.Estate.Entrances[0].Id).Select(p => p.Id).ToList();
        var slots = await PublishAsync(town, New(town, 0, 1) with { People = [people[0]] });

        await MergeAsync(town, people[1], people[0]);

        (await BookingAsync(town, people[1])).SlotId.ShouldBe(slots[0].Id);
        (await BookingAsync(town, people[0])).SlotId.ShouldBeNull();
        (await SlotsAsync(town))[0].Taken.ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Merge_TheEntryThatGoesWasSampled_NobodyIsAskedTwice(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);
        var people = (await town.PeopleAsync()).Select(p => p.Id).ToList();
        await PublishAsync(town, New(town, 0, 2) with { People = [people[0], people[1]] });
        await SampleAsync(town, "T1", people[0]);

        await MergeAsync(town, people[1], people[0]);

        (await town.BalanceAsync()).ShouldBe(new RoundBalance(16, 1, 1));
        (await BookingAsync(town, people[1])).SlotId.ShouldBeNull();
        (await SlotsAsync(town))[0].Taken.ShouldBe(1);
        var own = (await town.App.CallAsync((ReadOwnTests r) => r.ListAsync(Self(town, people[1]), Ct)))[0];
        (own.Status, own.Result?.Status).ShouldBe((TargetStatus.Done, TestStatus.Sampled));
    }

    private static Actor Self(TestingTown town, Guid person) => town.App.ActorOf(Roles.Helper, personId: person);

    private static async Task MergeAsync(TestingTown town, Guid kept, Guid gone)
    {
        var versions = await town.App.ReadAsync(db => db.Set<Person>().Where(p => p.Id == kept || p.Id == gone).ToDictionaryAsync(p => p.Id, p => p.Version, Ct));
        (await town.App.CallAsync((MergeTwo m) => m.ExecuteAsync(new MergeRequest(kept, versions[kept], gone, versions[gone], []), town.Office, Ct))).IsFailure.ShouldBeFalse();
    }

    private static TubeFact Fact(TestingTown town, string code, TubeFactKind kind)
    {
        town.App.Clock.Advance(TimeSpan.FromSeconds(1));
        return new TubeFact(Ids.New(), town.Round, code, kind, town.App.Clock.GetUtcNow(), town.App.Clock.GetUtcNow()) { By = town.Office.AccountId };
    }

    private static Task<TubesWritten> WriteAsync(TestingTown town, params TubeFact[] facts) =>
        town.App.CallAsync((TubeWriter w) => w.WriteAsync([.. facts.Select(f => new TubeItem(f, IsVouched: true))], town.Office, Ct));

    private static Task<TubesWritten> SampleAsync(TestingTown town, string code, Guid person) => WriteAsync(
        town, Fact(town, code, TubeFactKind.Opened) with { Size = 10, SiteId = town.Site }, Fact(town, code, TubeFactKind.Sampled) with { PersonId = person }, Fact(town, code, TubeFactKind.Closed) with { Members = 1 });

    private static NewSlot New(TestingTown town, int at, int capacity) =>
        new(town.Site, town.App.Clock.GetUtcNow().AddMinutes(60 + (30 * at)), town.App.Clock.GetUtcNow().AddMinutes(90 + (30 * at)), SamplingLane.Normal, RiskLevel.Low, capacity, []);

    private static async Task<List<Slot>> PublishAsync(TestingTown town, params NewSlot[] plan)
    {
        (await town.App.CallAsync((PublishSlots p) => p.ExecuteAsync(town.Round, plan, town.Office, Ct))).IsFailure.ShouldBeFalse();
        return await SlotsAsync(town);
    }

    private static Task<List<Slot>> SlotsAsync(TestingTown town) =>
        town.App.ReadAsync(db => db.Set<Slot>().AsNoTracking().Where(s => s.RoundId == town.Round && s.WithdrawnAt == null).OrderBy(s => s.From).ToListAsync(Ct));

    private static Task<SlotBooking> BookingAsync(TestingTown town, Guid person) =>
        town.App.ReadAsync(db => db.Set<SlotBooking>().AsNoTracking().SingleAsync(b => b.RoundId == town.Round && b.PersonId == person, Ct));
}
