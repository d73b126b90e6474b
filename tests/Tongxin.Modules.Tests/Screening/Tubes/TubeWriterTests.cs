using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.Modules.Tests.Access;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Tubes;
using Tongxin.Screening.Tubes.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Tubes;

/// <summary>Facts into tubes: kept once, whoever sends them, in whatever order, and the round stays exact after each batch.</summary>
public sealed class TubeWriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Write_ATubeOfThree_CountsThreeAndJournalsOnce(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);

        var written = await town.WriteAsync(town.Full("T1", [0, 1, 2]));

        written.Answers.ShouldAllBe(a => a.Verdict == TubeVerdict.Recorded && a.Warnings.Count == 0);
        (await town.BalanceAsync()).Done.ShouldBe(3);
        var tube = await town.TubeAsync("T1");
        (tube.Stage, tube.Members, tube.SiteId, tube.TableId, tube.CountAtClosing).ShouldBe((TubeStage.Closed, 3, town.Site, town.Table, 3));
        (await town.TestAsync(1))!.CountedIn.ShouldBe("T1");
        (await town.App.JournalAsync("screening.tubes.recorded")).ShouldHaveSingleItem().SubjectId.ShouldBe(town.Round);
    }

    [Theory, BothProviders]
    public async Task Write_TheSameAgain_ChangesNothing(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var facts = town.Full("T1", [0, 1, 2]);
        await town.WriteAsync(facts);

        town.App.Clock.Advance(TimeSpan.FromHours(40));
        var again = await town.WriteAsync(facts.Concat(facts));

        again.Answers.ShouldAllBe(a => a.Verdict == TubeVerdict.Duplicate);
        (await town.App.ReadAsync(db => db.Set<TubeFactRow>().CountAsync(Ct))).ShouldBe(facts.Count);
        (await town.App.JournalAsync("screening.tubes.recorded")).Count.ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Write_KnownIdWithOtherContent_IsRefused(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var facts = town.Full("T1", [0, 1]);
        await town.WriteAsync(facts);

        var other = await town.WriteAsync(facts[1] with { PersonId = town.People[5] }, facts[1] with { TubeCode = "T2" });

        other.Answers.Select(a => a.Error?.Code).ShouldBe(["pools.fact.id_reused", "pools.fact.id_reused"]);
        (await town.App.ReadAsync(db => db.Set<TubeRow>().CountAsync(Ct))).ShouldBe(1, "a tube of which nothing was stored does not exist");
    }

    [Theory, BothProviders]
    public async Task Write_NonsenseAmongGood_RefusesThatAlone(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);

        var written = await town.WriteAsync(
            town.Open("T1"),
            town.Sample("T1", 0) with { PersonId = Ids.New() },
            town.Sample("T1", 0) with { RoundId = Ids.New() },
            town.Open("T 1"),
            town.Open("T2", 7),
            town.Open("T3") with { SiteId = Ids.New() },
            town.Open("T4") with { TableId = Ids.New() },
            town.Sample("T1", 0) with { Witness = Ids.New() },
            town.Sample("T1", 0));

        written.Answers.Select(a => a.Error?.Code).ShouldBe(
            [null, "tubes.person", "tubes.round", "pools.tube.code_invalid", "pools.tube.size_invalid", "tubes.site", "tubes.table", "tubes.witness", null]);
        (await town.BalanceAsync()).Done.ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Write_LateAndInAnyOrder_EndsTheSame(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var facts = town.Full("T1", [0, 1, 2, 3]).Append(town.Report("T1", TubeResult.Neg)).ToList();

        await town.WriteAsync(facts[^1]);
        await town.WriteAsync(facts[3]);
        (await town.BalanceAsync()).Done.ShouldBe(0, "nobody is counted in a tube whose opening is not known");
        foreach (var fact in facts.AsEnumerable().Reverse()) await town.WriteAsync(fact);

        (await town.BalanceAsync()).Done.ShouldBe(4);
        (await town.StatusAsync(2)).ShouldBe(TestStatus.Neg);
    }

    [Theory, BothProviders]
    public async Task Write_Withdrawn_OpensTheTargetAgain(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var (open, sample) = (town.Open("T1"), town.Sample("T1", 0));
        await town.WriteAsync(open, sample);

        await town.WriteAsync(town.Fact("T1", TubeFactKind.Withdrawn) with { Corrects = sample.Id });

        (await town.BalanceAsync()).Done.ShouldBe(0);
        (await town.TestAsync(0))!.Status.ShouldBe(TestStatus.NotSampled);
        await town.WriteAsync(town.Sample("T1", 0));
        (await town.BalanceAsync()).Done.ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Write_InvalidTube_SendsItsPeopleBackAndASecondTubeCountsThem(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1, 2]));

        await town.WriteAsync(town.Report("T1", TubeResult.Invalid));
        (await town.BalanceAsync()).Done.ShouldBe(0);

        await town.WriteAsync(town.Full("T2", [0, 1]));
        (await town.BalanceAsync()).Done.ShouldBe(2);
        (await town.TestAsync(0))!.CountedIn.ShouldBe("T2");
    }

    [Theory, BothProviders]
    public async Task Write_PositivePool_AsksEverybodyToBeRecheckedAndStaysDone(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1, 2]));

        await town.WriteAsync(town.Report("T1", TubeResult.Pos));
        (await town.StatusAsync(0)).ShouldBe(TestStatus.PendingRecheck);
        (await town.BalanceAsync()).Done.ShouldBe(3);

        town.App.Clock.Advance(TimeSpan.FromHours(1));
        await town.WriteAsync(town.Full("S1", [0], 1, TubePurpose.Recheck).Concat(town.Full("S2", [1], 1, TubePurpose.Recheck)));
        (await town.TestAsync(0))!.RecheckIn.ShouldBe("S1");
        await town.WriteAsync(town.Report("S1", TubeResult.Pos), town.Report("S2", TubeResult.Neg));

        (await town.StatusAsync(0)).ShouldBe(TestStatus.Pos);
        (await town.StatusAsync(1)).ShouldBe(TestStatus.Neg);
        (await town.StatusAsync(2)).ShouldBe(TestStatus.PendingRecheck);
    }

    [Theory, BothProviders]
    public async Task Case14_LaboratoryCorrects_NegativeToPositive(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]).Append(town.Report("T1", TubeResult.Neg)));

        await town.WriteAsync(town.Report("T1", TubeResult.Pos, 2));

        (await town.StatusAsync(0)).ShouldBe(TestStatus.PendingRecheck);
        (await town.TubeAsync("T1")).ResultVersion.ShouldBe(2);
        (await town.App.ReadAsync(db => db.Set<TubeFactRow>().CountAsync(f => f.Kind == TubeFactKind.Resulted, Ct))).ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Case10_TheEleventhIntoATenTube_IsRefusedWhenAskedAndKeptApartWhenItHappened(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", Enumerable.Range(0, 10)).SkipLast(1));

        var asked = await town.AskAsync(town.Sample("T1", 10));
        asked.Answers[0].Error?.Code.ShouldBe("pools.tube.full");
        (await town.BalanceAsync()).Done.ShouldBe(10);

        var happened = await town.WriteAsync(town.Sample("T1", 10));
        happened.Answers[0].Verdict.ShouldBe(TubeVerdict.Recorded);
        happened.Answers[0].Warnings.Select(w => w.Code).ShouldBe(["tubes.flag.OverFull"]);
        (await town.BalanceAsync()).Done.ShouldBe(10);
        (await town.TestAsync(10))!.IsContested.ShouldBeTrue();

        (await town.AskAsync(town.Open("T2"), town.Sample("T2", 11))).Answers.ShouldAllBe(a => a.Verdict == TubeVerdict.Recorded);
    }

    [Theory, BothProviders]
    public async Task Case11_SameCodeAtTwoTables_OnlineIsRefusedOfflineIsQuarantined(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1, 2]));
        var there = town.Elsewhere(town.Full("T1", [3, 4]));

        var online = await town.AskAsync(there[0]);
        online.Answers[0].Error?.Code.ShouldBe("pools.tube.code_taken");
        (await town.BalanceAsync()).Done.ShouldBe(3);

        var offline = await town.WriteAsync(there);
        offline.Answers.ShouldAllBe(a => a.Verdict == TubeVerdict.Recorded && a.Warnings.Any(w => w.Code == "tubes.collision"));
        (await town.BalanceAsync()).Done.ShouldBe(0);
        foreach (var person in (int[])[0, 1, 2, 3, 4]) (await town.StatusAsync(person)).ShouldBe(TestStatus.Recalled);

        await town.WriteAsync(town.Report("T1", TubeResult.Neg));
        (await town.StatusAsync(0)).ShouldBe(TestStatus.Recalled, "no result is applied");
        await town.WriteAsync(town.Full("T2", [0, 3]));
        (await town.BalanceAsync()).Done.ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Case12_SamePersonInTwoTubes_IsKeptWarnedCountedOnceAndRecheckedByEither(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]));

        var second = await town.WriteAsync(town.Elsewhere(town.Full("T2", [0, 2])));

        second.Answers[1].Warnings.Select(w => w.Code).ShouldBe(["tubes.two-tubes"]);
        (await town.BalanceAsync()).Done.ShouldBe(3);
        (await town.TestAsync(0))!.CountedIn.ShouldBe("T1");
        await town.WriteAsync(town.Report("T1", TubeResult.Neg), town.Report("T2", TubeResult.Pos));
        (await town.StatusAsync(0)).ShouldBe(TestStatus.PendingRecheck);
        (await town.StatusAsync(1)).ShouldBe(TestStatus.Neg);
    }

    [Theory, BothProviders]
    public async Task Write_SomebodyNotOnTheRoll_IsKeptAndNotCounted(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var guest = await town.GuestAsync();

        var written = await town.WriteAsync(
            town.Full("T1", [0]).Select(f => f.Kind == TubeFactKind.Sampled ? f with { PersonId = guest } : f).Append(town.Report("T1", TubeResult.Neg)));

        written.Answers[1].Warnings.Select(w => w.Code).ShouldBe(["tubes.not-in-roll"]);
        (await town.BalanceAsync()).Done.ShouldBe(0);
        (await town.App.ReadAsync(db => db.Set<TestRow>().SingleAsync(t => t.PersonId == guest, Ct))).Status.ShouldBe(TestStatus.Neg);
    }

    [Theory, BothProviders]
    public async Task Write_TwoTablesAtOnceForOnePerson_CountsOnce(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var batches = new List<IReadOnlyList<TubeFact>>();
        for (var i = 0; i < 8; i++)
        {
            var facts = town.Full($"T{i}", [0, 1 + i, 12]);
            batches.Add(i % 2 == 0 ? facts : town.Elsewhere(facts));
        }

        await Task.WhenAll(batches.Select(b => Task.Run(() => town.App.CallAsync((TubeWriter w) => w.WriteAsync([.. b.Select(f => new TubeItem(f))], town.Office, Ct)), Ct)));

        await town.CheckAsync();
        (await town.BalanceAsync()).Done.ShouldBe(10);
        (await town.TestAsync(0))!.CountedIn.ShouldBe("T0");
    }

    [Theory, BothProviders]
    public async Task Write_TwoTablesAtOnceWithOneCode_IsACollisionWhoeverIsFirst(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var here = town.Full("T1", [0, 1]).Concat(town.Full("T3", [8])).ToList();
        var there = town.Elsewhere(town.Full("T2", [2]).Concat(town.Full("T1", [3, 4])));

        await Task.WhenAll(
            Task.Run(() => town.App.CallAsync((TubeWriter w) => w.WriteAsync([.. here.Select(f => new TubeItem(f))], town.Office, Ct)), Ct),
            Task.Run(() => town.App.CallAsync((TubeWriter w) => w.WriteAsync([.. there.Select(f => new TubeItem(f))], town.Office, Ct)), Ct));

        await town.CheckAsync();
        (await town.TubeAsync("T1")).IsCollided.ShouldBeTrue();
        (await town.BalanceAsync()).Done.ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Write_SameBatchTwiceAtOnce_IsStoredOnce(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var facts = town.Full("T1", [0, 1, 2]);

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Task.Run(() => town.App.CallAsync((TubeWriter w) => w.WriteAsync([.. facts.Select(f => new TubeItem(f))], town.Office, Ct)), Ct)));

        await town.CheckAsync();
        both.Sum(b => b.Answers.Count(a => a.Verdict == TubeVerdict.Recorded)).ShouldBe(facts.Count);
        (await town.App.ReadAsync(db => db.Set<TubeFactRow>().CountAsync(Ct))).ShouldBe(facts.Count);
    }

    [Theory, BothProviders]
    public async Task Write_ASecondNameNobodyVouchesFor_IsRefused(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var facts = town.Full("T1", [0, 1]);
        await town.WriteAsync(facts);
        var guest = await town.GuestAsync();

        var written = await town.WriteAsync(
            town.Fact("T1", TubeFactKind.Withdrawn) with { Corrects = facts[1].Id, Witness = guest }, town.Sample("T1", 2) with { Witness = guest }, town.Close("T1", 1) with { Witness = guest });

        written.Answers.Select(a => a.Error?.Code).ShouldBe(["tubes.witness", "tubes.witness", "tubes.witness"]);
        (await town.BalanceAsync()).Done.ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Write_AboutATubeOfAnotherSite_IsRefusedWhenAskedFlaggedWhenItHappenedAndNeverTakesBack(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var facts = town.Full("T1", [0, 1]);
        await town.WriteAsync(facts.SkipLast(1));
        var stranger = town.App.ActorOf(Roles.Sampler, ScopeKind.Place, Ids.New());
        TubeItem Theirs(TubeFact fact, bool asks = false) => new(fact with { DeviceId = TubeTown.OtherPhone, By = stranger.AccountId }, asks);

        var asked = await town.WriteItemsAsync([Theirs(town.Sample("T1", 2), true), Theirs(town.Close("T1", 2), true)], stranger);
        var happened = await town.WriteItemsAsync(
            [
                Theirs(town.Sample("T1", 3)), Theirs(town.Fact("T1", TubeFactKind.Withdrawn) with { Corrects = facts[1].Id }),
                Theirs(town.Fact("T1", TubeFactKind.Voided) with { Reason = "漏" }), Theirs(town.Fact("T1", TubeFactKind.Boxed) with { BoxCode = "B1" }),
            ],
            stranger);

        asked.Answers.Select(a => a.Error?.Code).ShouldBe(["tubes.not-found", "tubes.not-found"]);
        happened.Answers.Select(a => a.Error?.Code).ShouldBe([null, "tubes.not-yours", "tubes.not-yours", null]);
        happened.Answers[0].Warnings.Select(w => w.Code).ShouldContain("tubes.out-of-reach");
        asked.Tubes.Concat(happened.Tubes).ShouldBeEmpty("how another site's tube stands is not told");
        (await town.BalanceAsync()).Done.ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Write_AboutTheOwnTubeAfterMovingOn_IsTakenBackWithoutAWord(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var mover = town.App.ActorOf(Roles.Sampler, ScopeKind.Place, Ids.New());
        var (open, sample) = (town.Open("T1"), town.Sample("T1", 0));

        var written = await town.WriteItemsAsync([new(open), new(sample)], mover);
        var later = await town.WriteItemsAsync([new(town.Fact("T1", TubeFactKind.Withdrawn) with { Corrects = sample.Id })], mover);

        written.Answers[0].Warnings.Select(w => w.Code).ShouldBe(["tubes.out-of-reach"]);
        later.Answers[0].Verdict.ShouldBe(TubeVerdict.Recorded);
        later.Tubes.ShouldHaveSingleItem().Members.ShouldBeEmpty();
    }

    [Theory, BothProviders]
    public async Task Write_SecondTry_TellsItsEventsOnce(Provider provider)
    {
        var heard = new Heard();
        await using var town = await TubeTown.BuildAsync(provider, replace: services => services.AddSingleton<IHandle<TestsChanged>>(heard));
        var turns = 0;

        await town.App.InScopeAsync(services =>
        {
            var db = services.GetRequiredService<TongxinDb>();
            return services.GetRequiredService<TubeWriter>().WriteAsync([.. town.Full("T1", [0, 1]).Select(f => new TubeItem(f))], town.Office, Ct, _ =>
            {
                // A key that is taken, as when another phone stores the same id at this moment.
                if (++turns > 1) return Task.FromResult(true);
                db.Enqueue("test", "taken", new { });
                db.Enqueue("test", "taken", new { });
                return Task.FromResult(true);
            });
        });

        turns.ShouldBe(2);
        heard.Rounds.ShouldBe([town.Round]);
        await town.CheckAsync();
        (await town.BalanceAsync()).Done.ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Write_WhileFiguresAreSigned_ArrivesAfterThem(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var facts = town.Full("T1", [0, 1]);
        Task<TubesWritten> writing = null!; // set while the round is held
        var signed = await town.App.ReadAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await RoundTurn.HoldAsync(db, town.Round, Ct);
            writing = Task.Run(() => town.App.CallAsync((TubeWriter w) => w.WriteAsync([.. facts.Select(f => new TubeItem(f))], town.Office, Ct)), Ct);
            town.App.Clock.Advance(TimeSpan.FromSeconds(5));
            return town.App.Clock.GetUtcNow();
        });

        await writing;

        (await town.App.ReadAsync(db => db.Set<TubeFactRow>().AsNoTracking().ToListAsync(Ct))).ShouldAllBe(f => f.ReceivedAt >= signed);
        await town.CheckAsync();
    }

    private sealed class Heard : IHandle<TestsChanged>
    {
        public List<Guid> Rounds { get; } = [];

        public Task HandleAsync(TestsChanged happened, CancellationToken ct)
        {
            Rounds.Add(happened.RoundId);
            return Task.CompletedTask;
        }
    }

    /// <summary>As a laboratory's file comes: more tubes and people than are tracked one by one.</summary>
    [Theory, BothProviders]
    public async Task Write_ManyTubesAtOnce_AreWrittenInBulkAndStandAsOneByOne(Provider provider)
    {
        const int Many = TubeLocks.Together + 10;
        await using var town = await TubeTown.BuildAsync(provider, people: Many);
        await town.WriteAsync(Enumerable.Range(0, Many).SelectMany(i => town.Full($"T{i:0000}", [i], 1)));
        (await town.BalanceAsync()).Done.ShouldBe(Many);

        var reports = Enumerable.Range(0, Many).Select(i => town.Report($"T{i:0000}", i == 7 ? TubeResult.Pos : i == 8 ? TubeResult.Invalid : TubeResult.Neg)).ToList();
        (await town.WriteAsync(reports)).Answers.ShouldAllBe(a => a.Verdict == TubeVerdict.Recorded);

        (await town.StatusAsync(7)).ShouldBe(TestStatus.Pos);
        (await town.StatusAsync(8)).ShouldBe(TestStatus.NotSampled);
        (await town.StatusAsync(9)).ShouldBe(TestStatus.Neg);
        (await town.BalanceAsync()).Done.ShouldBe(Many - 1);
        (await town.WriteAsync(reports)).Answers.ShouldAllBe(a => a.Verdict == TubeVerdict.Duplicate);
    }
}
