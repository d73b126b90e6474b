using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>Facts into a round: counted once, whoever sends them and however often.</summary>
public sealed class RecordOutcomesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Record_Met_ClosesTheTargetAndJournals(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;

        var answer = await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit));

        answer.Verdict.ShouldBe(ItemVerdict.Recorded);
        var target = await estate.TargetAsync(round.Id, estate.Homes[0].Id);
        target.Status.ShouldBe(TargetStatus.Done);
        target.DecidedBy.ShouldBe(answer.Id);
        (await estate.BalanceAsync(round.Id)).ShouldBe(new RoundBalance(16, 1, 0));
        (await app.ReadAsync(db => db.Set<JournalEntry>().CountAsync(j => j.Action == "grid.outcome.recorded", Ct))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Record_SameFactAgain_ChangesNothing(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        var item = new OutcomeItem(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.NotReached, Channel.Visit);
        await estate.RecordAsync(estate.Captain(0), item);
        var before = await estate.TargetAsync(round.Id, item.TargetId);

        app.Clock.Advance(TimeSpan.FromMinutes(7));
        var again = await estate.RecordAsync(estate.Captain(0), item);
        var onceMore = await estate.RecordAllAsync(estate.Captain(0), [item, item]);

        again.Verdict.ShouldBe(ItemVerdict.Duplicate);
        onceMore.ShouldAllBe(a => a.Verdict == ItemVerdict.Duplicate);
        var after = await estate.TargetAsync(round.Id, item.TargetId);
        after.ToState().SameAs(before.ToState()).ShouldBeTrue();
        (await app.ReadAsync(db => db.Set<OutcomeFact>().CountAsync(Ct))).ShouldBe(1);
    }

    [Theory, BothProviders]
    public async Task Record_KnownIdWithAnotherContent_IsRefused(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (_, estate, round) = evening;
        var item = new OutcomeItem(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.NotReached, Channel.Visit);
        await estate.RecordAsync(estate.Captain(0), item);

        var other = await estate.RecordAsync(estate.Captain(0), item with { Kind = OutcomeKind.Done });
        var elsewhere = await estate.RecordAsync(estate.Captain(0), item with { TargetId = estate.Homes[1].Id });

        other.Error?.Code.ShouldBe("rounds.outcome.id_reused");
        elsewhere.Error?.Code.ShouldBe("rounds.outcome.id_reused");
        (await estate.BalanceAsync(round.Id)).Done.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Record_HouseholdOfAnotherTeam_IsUnknown(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;

        var others = await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[^1].Id, OutcomeKind.Done, Channel.Visit));
        var nowhere = await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, Ids.New(), OutcomeKind.Done, Channel.Visit));
        var noRound = await estate.RecordAsync(estate.Office, new(Ids.New(), Ids.New(), estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit));
        var nobody = await estate.RecordAsync(app.ActorOf(Roles.Auditor), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit));

        foreach (var answer in (ItemAnswer[])[others, nowhere, noRound, nobody]) answer.Error?.Code.ShouldBe("rounds.target.unknown");
        (await estate.BalanceAsync(round.Id)).Outstanding.ShouldBe(16);
    }

    [Theory, BothProviders]
    public async Task Record_WithinAPlaceScope_ReachesOnlyThatPlace(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app, entrances: 4);
        var round = await estate.OpenAsync();
        var warden = app.ActorOf(Roles.Office, ScopeKind.Place, estate.Buildings[0].Id);

        var inside = await estate.RecordAsync(warden, new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit));
        var outside = await estate.RecordAsync(warden, new(Ids.New(), round.Id, estate.Homes[^1].Id, OutcomeKind.Done, Channel.Visit));

        inside.Verdict.ShouldBe(ItemVerdict.Recorded);
        outside.Error?.Code.ShouldBe("rounds.target.unknown");
    }

    [Theory, BothProviders]
    public async Task Record_Undone_OpensTheTargetAgain(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (_, estate, round) = evening;
        var met = await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit));

        await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Withdrawn, Channel.Visit, Corrects: met.Id));

        var target = await estate.TargetAsync(round.Id, estate.Homes[0].Id);
        target.Status.ShouldBe(TargetStatus.Outstanding);
        target.Result.ShouldBeNull();
        target.Attempts.ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Record_NobodyThereThreeTimes_Escalates(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;

        for (var i = 0; i < 3; i++)
        {
            await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.NotReached, Channel.Visit));
            app.Clock.Advance(TimeSpan.FromHours(3));
        }

        var target = await estate.TargetAsync(round.Id, estate.Homes[0].Id);
        target.IsEscalated.ShouldBeTrue();
        target.Attempts.ShouldBe(3);
        target.NextFrom.ShouldNotBeNull();
    }

    [Theory, BothProviders]
    public async Task Record_OneTargetFromManyPhonesAtOnce_LosesNothing(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (_, estate, round) = evening;
        var shared = Ids.New();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => estate.RecordAsync(
            estate.Captain(0), new(i % 3 == 0 ? shared : Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.NotReached, Channel.Visit)), Ct)));

        answers.Count(a => a.Verdict == ItemVerdict.Recorded).ShouldBe(9);
        answers.Count(a => a.Verdict == ItemVerdict.Duplicate).ShouldBe(3);
        var target = await estate.TargetAsync(round.Id, estate.Homes[0].Id);
        target.Attempts.ShouldBe(9);
        target.Misses.ShouldBe(9);
    }

    [Theory, BothProviders]
    public async Task Record_TwoBatchesInOppositeOrderAtOnce_BothEnd(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        List<OutcomeItem> Batch() => estate.Homes.ConvertAll(h => new OutcomeItem(Ids.New(), round.Id, h.Id, OutcomeKind.NotReached, Channel.Visit));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() =>
        {
            var batch = Batch();
            if (i % 2 == 0) batch.Reverse();
            return estate.RecordAllAsync(estate.Office, batch);
        }, Ct)));

        var attempts = await app.ReadAsync(db => db.Set<Target>().Select(t => t.Attempts).ToListAsync(Ct));
        attempts.ShouldAllBe(a => a == 6);
    }

    [Theory, BothProviders]
    public async Task Record_AnswersWithNeeds_AreSealedInTheRow(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        var detail = new VisitDetail { Residents = 3, Needs = [VisitNeed.Dialysis], Note = "每周二四六" };

        await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit, Detail: detail));

        var fact = await app.ReadAsync(db => db.Set<OutcomeFact>().AsNoTracking().SingleAsync(Ct));
        System.Text.Encoding.UTF8.GetString(fact.Detail ?? []).ShouldNotContain("Dialysis");
        var read = await app.CallAsync<Tongxin.Platform.Data.SecretBox, VisitDetail?>(box => Task.FromResult(VisitDetail.Unseal(fact.Detail, box)));
        read?.Residents.ShouldBe(3);
        read?.Needs.ShouldBe([VisitNeed.Dialysis]);
    }

    [Theory, BothProviders]
    public async Task Fact_ChangedByHand_IsRefusedByTheDatabase(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        await estate.RecordAsync(estate.Captain(0), new(Ids.New(), round.Id, estate.Homes[0].Id, OutcomeKind.Done, Channel.Visit));

        await Should.ThrowAsync<System.Data.Common.DbException>(() => app.ReadAsync(db =>
            db.Set<OutcomeFact>().ExecuteUpdateAsync(s => s.SetProperty(o => o.Kind, OutcomeKind.Refused), Ct)));
    }
}
