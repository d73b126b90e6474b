using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.Passes;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Modules.Tests.Access;
using Tongxin.Modules.Tests.Screening.Tubes;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Laboratory;
using Tongxin.Screening.Laboratory.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Laboratory;

/// <summary>A pool that is not negative unfolds into people to be rechecked: nobody is positive by it, and every clock rings once.</summary>
public sealed class RecheckTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Golden10_APositiveTubeOfTen_IsOneCaseEightFreedAndOnePending(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", Enumerable.Range(0, 10)).Concat(town.Full("T2", [10, 11])));
        await town.ReportAsync(new("T1", 10, 10, "阳性"), new("T2", 10, 2, "阴性"));

        var opened = await town.RechecksAsync();
        opened.Select(r => (r.PersonId, r.Place, r.State)).ShouldBe(Enumerable.Range(0, 10).Select(i => (town.People[i], i + 1, RecheckState.Open)));
        opened.ShouldAllBe(r => r.TubeCode == "T1" && r.DueAt != null);
        (await town.StatusAsync(10)).ShouldBe(TestStatus.Neg, "another tube is not concerned");

        town.App.Clock.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 9; i++) await town.AloneAsync($"S{i}", i);
        await town.ReportAsync([new("S0", 1, 1, "阳性"), .. Enumerable.Range(1, 8).Select(i => new Said($"S{i}", 1, 1, "阴性"))]);

        var now = town.App.Clock.GetUtcNow();
        var after = await town.RechecksAsync();
        after.Count(r => r.State == RecheckState.Positive).ShouldBe(1);
        after.Where(r => r.State == RecheckState.Freed).Select(r => r.DueAt).ShouldBe(Enumerable.Repeat((DateTimeOffset?)now.AddHours(24), 8));
        after.Single(r => r.State == RecheckState.Open).PersonId.ShouldBe(town.People[9]);
        (await town.StatusAsync(9)).ShouldBe(TestStatus.PendingRecheck);
        (await town.BalanceAsync()).Done.ShouldBe(12, "the round counts them all the time");
    }

    [Theory, BothProviders]
    public async Task Case15_NotReached_StaysPendingAndEscalatesOnce(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        await town.ReportAsync(new Said("T1", 10, 2, "灰区"));
        var recheck = await town.RecheckAsync(0);

        await TryAsync(town, recheck, RecheckWay.Call, false);
        (await town.RecheckAsync(0)).EscalatedAt.ShouldBeNull("a call alone is not enough");
        await TryAsync(town, recheck, RecheckWay.Visit, false);
        await TryAsync(town, recheck, RecheckWay.Visit, false);
        var escalated = await town.RecheckAsync(0);
        escalated.EscalatedAt.ShouldNotBeNull();

        town.App.Clock.Advance(TimeSpan.FromHours(30));
        await town.RingAsync();
        (await town.RingAsync()).ShouldBe(0, "each clock rings once");

        var late = await town.RecheckAsync(0);
        (late.State, late.FailedCalls, late.FailedVisits).ShouldBe((RecheckState.Open, 1, 2));
        late.RangAt.ShouldNotBeNull();
        (await town.StatusAsync(0)).ShouldBe(TestStatus.PendingRecheck, "never positive, never negative by waiting");
        var steps = await town.App.ReadAsync(db => db.Set<RecheckStep>().AsNoTracking().Where(s => s.RecheckId == recheck.Id).Select(s => s.Kind).ToListAsync(Ct));
        steps.Count(k => k == RecheckStepKind.Unreachable).ShouldBe(1);
        steps.Count(k => k == RecheckStepKind.Late).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Judge_ASingleResult_IsForADoctorAndBecomesEvidence(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1, 2]));
        await town.ReportAsync(new Said("T1", 10, 3, "阳性"));
        await town.AloneAsync("S0", 0);
        await town.AloneAsync("S1", 1);
        await town.ReportAsync(new("S0", 1, 1, "阳性"), new("S1", 1, 1, "阴性"));
        var (positive, freed, open) = (await town.RecheckAsync(0), await town.RecheckAsync(1), await town.RecheckAsync(2));

        (await JudgeAsync(town, positive, RecheckJudgement.Confirmed, town.Office)).ShouldBe("lab.recheck-not-found");
        (await JudgeAsync(town, open, RecheckJudgement.Confirmed)).ShouldBe("lab.not-to-judge");
        (await JudgeAsync(town, freed, RecheckJudgement.Confirmed)).ShouldBe("lab.not-to-judge");
        (await EvidenceAsync(town, positive.Id)).ShouldBeEmpty("a positive that nobody read is no evidence");
        (await JudgeAsync(town, positive, RecheckJudgement.Confirmed)).ShouldBeNull();
        (await JudgeAsync(town, freed, RecheckJudgement.NoContact)).ShouldBeNull();

        var evidence = (await EvidenceAsync(town, positive.Id, freed.Id, open.Id)).ShouldHaveSingleItem();
        (evidence.PersonId, evidence.Kind, evidence.Reference).ShouldBe((town.People[0], EvidenceKind.LabResult, "S0"));

        await town.ReportAsync(new Said("S0", 1, 1, "阴性", 2));
        (await EvidenceAsync(town, positive.Id)).ShouldBeEmpty("a corrected result is no evidence");
        (await town.RecheckAsync(0)).State.ShouldBe(RecheckState.Freed);
    }

    [Theory, BothProviders]
    public async Task Correction_OfThePool_EndsWhatItAsked(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        await town.ReportAsync(new Said("T1", 10, 2, "阳性"));
        await town.AloneAsync("S0", 0);
        await town.ReportAsync(new Said("S0", 1, 1, "阴性"));

        await town.ReportAsync(new Said("T1", 10, 2, "阴性", 2));

        (await town.RechecksAsync()).ShouldAllBe(r => r.State == RecheckState.Ended && r.DueAt == null);
        (await town.StatusAsync(1)).ShouldBe(TestStatus.Neg);
        town.App.Clock.Advance(TimeSpan.FromHours(48));
        (await town.RingAsync()).ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Proofs_FollowTheResultAndItsCorrection(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        await town.ReportAsync(new Said("T1", 10, 2, "阴性"));

        var proof = (await ProofsAsync(town))[town.People[0]].Proofs.ShouldHaveSingleItem();
        proof.SampledAt.ShouldBeLessThan(proof.IssuedAt);

        await town.ReportAsync(new Said("T1", 10, 2, "阳性", 2));
        (await ProofsAsync(town)).ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Case12_InTwoTubes_IsRecheckedForBothAndCountedOnce(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]).Concat(town.Full("T2", [0, 2])));
        await town.ReportAsync(new("T1", 10, 2, "阳性"), new("T2", 10, 2, "阴性"));

        var twice = await town.RecheckAsync(0);
        (twice.TubeCode, twice.IsInTwoTubes, twice.State).ShouldBe(("T1", true, RecheckState.Open));
        (await town.RecheckAsync(1)).IsInTwoTubes.ShouldBeFalse();
        (await town.StatusAsync(2)).ShouldBe(TestStatus.Neg, "the other tube is not concerned");
        (await town.BalanceAsync()).Done.ShouldBe(3);

        await town.ReportAsync(new Said("T2", 10, 2, "阳性", 2));
        (await town.RechecksAsync()).Count.ShouldBe(3, "one recheck for a person, whichever tube asks");
        await town.ReportAsync(new Said("T1", 10, 2, "阴性", 2));
        (await town.RecheckAsync(0)).ShouldSatisfyAllConditions(r => r.State.ShouldBe(RecheckState.Open), r => r.TubeCode.ShouldBe("T2", "the other tube still asks"));
        (await town.RecheckAsync(1)).State.ShouldBe(RecheckState.Ended);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Case12_WhatAskedFallsAway_TheOtherPoolFreesNobodyAlone(bool isCollision)
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        var first = town.Full("T1", [0, 1]);
        await town.WriteAsync(first.Concat(town.Full("T2", [0, 2])));
        await town.ReportAsync(new("T1", 10, 2, "阳性"), new("T2", 10, 2, "阴性"));

        if (isCollision) await town.WriteAsync(town.Elsewhere([town.Open("T1")]));
        else await town.ReportAsync(new Said("T1", 10, 2, "阴性", 2));

        (await town.RecheckAsync(0)).ShouldSatisfyAllConditions(r => r.State.ShouldBe(RecheckState.Ended), r => r.DueAt.ShouldBeNull());
        (await town.RecheckAsync(1)).State.ShouldBe(RecheckState.Ended);
    }

    [Theory, BothProviders]
    public async Task Clocks_AfterASingleResult_RingOnceEach(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        await town.ReportAsync(new Said("T1", 10, 2, "阳性"));
        await town.AloneAsync("S0", 0);
        await town.AloneAsync("S1", 1);
        await town.ReportAsync(new("S0", 1, 1, "阳性"), new("S1", 1, 1, "阴性"));

        town.App.Clock.Advance(TimeSpan.FromHours(2));
        (await town.RingAsync()).ShouldBe(1, "the positive is due in two hours");
        (await town.RecheckAsync(0)).RangAt.ShouldNotBeNull();
        town.App.Clock.Advance(TimeSpan.FromHours(22));
        (await town.RingAsync()).ShouldBe(1, "the contact judgement is due in a day");
        (await town.RingAsync()).ShouldBe(0);

        (await JudgeAsync(town, await town.RecheckAsync(0), RecheckJudgement.Doubted)).ShouldBeNull();
        var doubted = await town.RecheckAsync(0);
        (doubted.IsWaiting, doubted.DueAt, doubted.RangAt).ShouldBe((true, town.App.Clock.GetUtcNow().AddHours(24), null));
    }

    [Theory, BothProviders]
    public async Task Merge_OfTwoEntries_KeepsOneRecheckThatStillFollowsTheTubes(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1, 2]));
        await town.ReportAsync(new Said("T1", 10, 3, "阳性"));

        await MergeAsync(town, town.People[0], town.People[1]);
        await MergeAsync(town, town.People[2], town.People[3]);

        (await town.RecheckAsync(0)).ShouldSatisfyAllConditions(r => r.State.ShouldBe(RecheckState.Ended), r => r.DueAt.ShouldBeNull());
        (await town.RecheckAsync(1)).State.ShouldBe(RecheckState.Open);
        (await town.RecheckAsync(3)).State.ShouldBe(RecheckState.Open);
        await town.ReportAsync(new Said("T1", 10, 3, "阴性", 2));
        (await town.RechecksAsync()).ShouldAllBe(r => r.State == RecheckState.Ended && r.DueAt == null);
    }

    [Theory, BothProviders]
    public async Task PendingRecheck_HoldsBackThePersonAloneUntilTheSingleNegative(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.App.AddAsync(ProtocolPeriod.Start("CN-COVID-9", town.App.Clock.Now.AddDays(-1), Ids.New(), Ids.New(), "test"));
        await town.WriteAsync(town.Full("T1", [0, 1]).Concat(town.Full("T2", [2])));
        await town.ReportAsync(new("T1", 10, 2, "阴性"), new("T2", 10, 1, "阴性"));
        (await ColoursAsync(town)).ShouldBe([Colour.Green, Colour.Green, Colour.Green]);
        await CarryAsync(town, 0, 2);

        await town.ReportAsync(new Said("T1", 10, 2, "灰区", 2));
        (await ColoursAsync(town)).ShouldBe([Colour.Grey, Colour.Grey, Colour.Green], "the neighbour keeps what is the neighbour's");
        (await WithdrawnAsync(town)).ShouldBe([town.People[0]]);

        await town.AloneAsync("S0", 0);
        await town.ReportAsync(new Said("S0", 1, 1, "阴性"));
        (await ColoursAsync(town)).ShouldBe([Colour.Green, Colour.Grey, Colour.Green]);
    }

    [Theory, BothProviders]
    public async Task PendingRecheck_AnOlderProofOfAnotherRound_DoesNotCount(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        await town.ReportAsync(new Said("T1", 10, 2, "阴性"));
        var later = await town.OpenRoundAsync(town.People);
        await town.WriteAsync(town.Full("T2", [0]).Append(town.Report("T2", TubeResult.Pos)).Select(f => f with { RoundId = later }));

        var proofs = await ProofsAsync(town);

        proofs.Keys.ShouldNotContain(town.People[0]);
        proofs.Keys.ShouldContain(town.People[1]);
    }

    [Theory, BothProviders]
    public async Task SingleNegative_LiftsTheMeasureOfTheRecheckAndNoOther(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.App.AddAsync(ProtocolPeriod.Start("CN-COVID-9", town.App.Clock.Now.AddDays(-1), Ids.New(), Ids.New(), "test"));
        var guest = await town.GuestAsync();
        await town.WriteAsync(Seated(town, "T1", 10, TubePurpose.Round, town.People[0], guest));
        await town.ReportAsync(new Said("T1", 10, 2, "阳性"));
        var recheck = await ImposeAsync(town, guest, MeasureKind.Recheck);
        var other = await ImposeAsync(town, guest, MeasureKind.HomeObservation);

        town.App.Clock.Advance(TimeSpan.FromHours(1));
        await town.WriteAsync(Seated(town, "S1", 1, TubePurpose.Recheck, guest));
        await town.ReportAsync(new Said("S1", 1, 1, "阴性"));
        await town.WorkAsync();

        var active = await town.App.CallAsync((IRestrictions r) => r.ActiveAsync([guest], town.App.Clock.Now, Ct));
        active.Select(m => m.Id).ShouldBe([other]);
        (await town.App.ReadAsync(db => db.Set<Measure>().SingleAsync(m => m.Id == recheck, Ct))).State.ShouldBe(MeasureState.Lifted);
    }

    [Theory, BothProviders]
    public async Task Publish_TellsEverybodyConcernedWithoutSayingTheResult(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]).Concat(town.Full("T2", [2])));
        await town.ReportAsync(new("T1", 10, 2, "阴性"), new("T2", 10, 1, "阳性"));

        await town.WorkAsync();

        var notes = await town.App.ReadAsync(db => db.Set<TestingNote>().AsNoTracking().ToListAsync(Ct));
        notes.Select(n => (n.PersonId, n.What)).ShouldBe(
            [(town.People[0], "note.test-news"), (town.People[1], "note.test-news"), (town.People[2], "note.test-again")], ignoreOrder: true);
    }

    [Fact]
    public async Task Rechecks_AreListedForThoseWhoReachThem()
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        await town.WriteAsync(town.Full("T1", [0, 1]));
        await town.ReportAsync(new Said("T1", 10, 2, "阳性"));
        var recheck = await town.RecheckAsync(0);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var elsewhere = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, Ids.New());

        (await office.OpenAsync($"/testing/{town.Round}/rechecks")).One("#totals").TextContent.ShouldContain("2");
        var page = await office.OpenAsync($"/testing/{town.Round}/rechecks/{recheck.Id}");
        page.One("#state").TextContent.ShouldContain("待复核");
        page.All("#judge").ShouldBeEmpty();
        await office.SubmitAsync(page.Form($"form[action='/testing/{town.Round}/rechecks/{recheck.Id}/try']").Set("way", "Call").Set("reached", "no"));
        (await town.RecheckAsync(0)).FailedCalls.ShouldBe(1);

        foreach (var path in (string[])[$"/testing/{town.Round}/rechecks", $"/testing/{town.Round}/rechecks/{recheck.Id}", $"/testing/{town.Round}/lab"])
        {
            using var answer = await elsewhere.Http.GetAsync(new Uri(path, UriKind.Relative), Ct);
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound, path);
        }
    }

    private static async Task<List<Colour>> ColoursAsync(TubeTown town)
    {
        List<Guid> people = [.. town.People.Take(3)];
        var colours = await town.App.CallAsync((ReadColours r) => r.OfAsync(people, Ct));
        return people.ConvertAll(p => colours[p].Colour);
    }

    /// <summary>A tube of these people, one second after the other.</summary>
    private static List<TubeFact> Seated(TubeTown town, string code, int size, TubePurpose purpose, params Guid[] people)
    {
        List<TubeFact> facts = [town.Open(code, size, purpose)];
        foreach (var person in people)
        {
            town.App.Clock.Advance(TimeSpan.FromSeconds(1));
            facts.Add(town.Fact(code, TubeFactKind.Sampled) with { PersonId = person });
        }
        town.App.Clock.Advance(TimeSpan.FromSeconds(1));
        facts.Add(town.Close(code, people.Length));
        return facts;
    }

    /// <summary>What the register raises when two entries turn out to be one person.</summary>
    private static Task<int> MergeAsync(TubeTown town, Guid gone, Guid kept) => town.App.CallAsync(async (TongxinDb db) =>
    {
        db.Record(Actor.System, "test.merged", "person", kept);
        db.Raise(new PersonMerged(kept, gone));
        await db.CommitAsync(Ct);
        return 0;
    });

    /// <summary>Passes that say green are out there.</summary>
    private static Task CarryAsync(TubeTown town, params int[] people) => town.App.AddAsync([.. people.Select(p => (object)IssuedPass.Of(
        town.People[p],
        new Pass { Issuer = "test", Reference = Ids.New(), Name = "居＊", Colour = Colour.Green, Reason = PassReason.Clear, Edition = "CN-COVID-9", IssuedAt = town.App.Clock.Now, ExpiresAt = town.App.Clock.Now.AddDays(1) },
        new KeyId(1), "text"))]);

    private static Task<List<Guid>> WithdrawnAsync(TubeTown town) => town.App.ReadAsync(db => db.Set<IssuedPass>().Where(p => p.RevokedAt != null).Select(p => p.PersonId).ToListAsync(Ct));

    /// <summary>As any measure: a doctor with an evidence asks, a leader of another unit agrees.</summary>
    private static async Task<Guid> ImposeAsync(TubeTown town, Guid person, MeasureKind kind)
    {
        var (doctor, leader) = (Of(Roles.Doctor), Of(Roles.DutyLeader));
        using var paper = new MemoryStream([.. "%PDF-1.7 "u8, (byte)kind]);
        var evidence = (await town.App.CallAsync((IAccessDesk d) => d.RecordEvidenceAsync(person, EvidenceKind.ContactOrder, "第7号", paper, "order.pdf", doctor, Ct))).Value;
        var asked = (await town.App.CallAsync((IRestrictions r) => r.RestrictAsync(
            new RestrictionRequest("access", kind, [new RestrictedPerson(person, evidence)], town.App.Clock.Now.AddDays(1), "传染病防治法第三十九条", "复核"), doctor, Ct))).Value;
        (await town.App.CallAsync((IApprovals a) => a.DecideAsync(asked.ApprovalId, true, "核对过材料", leader, Ct))).IsFailure.ShouldBeFalse();
        return asked.RestrictionIds[0];

        Actor Of(string role) => town.App.ActorOf(role, personId: Ids.New(), unitId: Ids.New());
    }

    private static async Task TryAsync(TubeTown town, RecheckTask recheck, RecheckWay way, bool reached) =>
        (await town.App.CallAsync((KeepRechecks keep) => keep.TryAsync(town.Round, recheck.Id, way, reached, null, town.Office, Ct))).IsFailure.ShouldBeFalse();

    private static async Task<string?> JudgeAsync(TubeTown town, RecheckTask recheck, RecheckJudgement judgement, Actor? actor = null)
    {
        var judged = await town.App.CallAsync((KeepRechecks keep) => keep.JudgeAsync(town.Round, recheck.Id, judgement, "报告单", actor ?? town.Doctor(), Ct));
        return judged.IsFailure ? judged.Error.Code : null;
    }

    private static Task<IReadOnlyList<EvidenceFact>> EvidenceAsync(TubeTown town, params Guid[] ids) => town.App.InScopeAsync(services =>
        services.GetServices<IEvidence>().Single(e => e.Module == "screening").FindAsync(ids, Ct));

    private static Task<IReadOnlyDictionary<Guid, HolderState>> ProofsAsync(TubeTown town) => town.App.InScopeAsync(services =>
        services.GetServices<IHolderStates>().OfType<TestProofs>().Single().FindAsync(town.People, Ct));
}
