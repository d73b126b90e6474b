using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>targets = done + excused + outstanding at every moment, through the real database, against the independent checker.</summary>
public sealed class RoundExactnessTests
{
    private static readonly OutcomeKind[] Kinds = [OutcomeKind.Done, OutcomeKind.NotReached, OutcomeKind.Refused, OutcomeKind.Vacant, OutcomeKind.Excused, OutcomeKind.Withdrawn];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Identity_AfterEveryFactOfRandomHistories_HoldsAndAgreesWithTheChecker(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app, entrances: 2, rooms: 3, withPeople: false);
        for (var seed = 1; seed <= 4; seed++)
        {
            var round = await estate.OpenAsync();
            var random = new Random(seed);
            var sent = new List<OutcomeItem>();
            for (var step = 0; step < 30; step++)
            {
                var item = Next(random, round.Id, estate, sent);
                sent.Add(item);
                await estate.RecordAsync(estate.Office, item);
                app.Clock.Advance(TimeSpan.FromMinutes(random.Next(0, 90)));

                var balance = await estate.BalanceAsync(round.Id);
                balance.Targets.ShouldBe(6);
                (await CheckAsync(app, round.Id, balance)).ShouldBeEmpty($"seed {seed}, step {step}");
            }
        }
    }

    [Theory, BothProviders]
    public async Task Rebuild_AfterRandomHistories_ChangesNothing_AndMendsWhatWasTampered(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app, entrances: 2, rooms: 6, withPeople: false);
        var round = await estate.OpenAsync();
        var random = new Random(7);
        var sent = new List<OutcomeItem>();
        for (var i = 0; i < 120; i++) sent.Add(Next(random, round.Id, estate, sent));
        await estate.RecordAllAsync(estate.Office, sent);

        var untouched = await app.CallAsync<IRoundRebuild, RoundsRebuilt>(s => s.ExecuteAsync(Actor.System, Ct));
        await app.ReadAsync(db => db.Set<Target>().Where(t => t.TargetId == estate.Homes[0].Id).ExecuteUpdateAsync(s => s.SetProperty(t => t.Attempts, 99), Ct));
        var tampered = await app.CallAsync<IRoundRebuild, RoundsRebuilt>(s => s.ExecuteAsync(Actor.System, Ct));

        untouched.Targets.ShouldBe(12);
        untouched.Mended.ShouldBe(0);
        untouched.Findings.ShouldBeEmpty();
        tampered.Mended.ShouldBe(1);
        (await estate.TargetAsync(round.Id, estate.Homes[0].Id)).Attempts.ShouldNotBe(99);
    }

    [Theory, BothProviders]
    public async Task Round_Of1500_StaysExact_AndASecondPhoneChangesNothing(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var estate = await Estate.BuildAsync(app, entrances: 30, rooms: 50, withPeople: false);
        var round = await estate.OpenAsync();
        round.Targets.ShouldBe(1500);
        var items = estate.Homes.Select((h, i) => new OutcomeItem(
            Ids.New(), round.Id, h.Id, Kinds[i % 4], Channel.Visit, SeenAt: app.Clock.Now.AddSeconds(i - 1500))).ToList();

        // One by one, as the doors are knocked on; the figures are checked after each.
        var expected = new RoundBalance(1500, 0, 0);
        foreach (var item in items.Take(100))
        {
            await estate.RecordAsync(estate.Office, item);
            expected = expected.Moved(TargetStatus.Outstanding, StatusOf(item.Kind));
            (await estate.BalanceAsync(round.Id)).ShouldBe(expected);
        }
        // The rest in small batches, as phones send them.
        foreach (var batch in items.Skip(100).Chunk(50))
        {
            await estate.RecordAllAsync(estate.Office, batch);
            expected = batch.Aggregate(expected, (b, item) => b.Moved(TargetStatus.Outstanding, StatusOf(item.Kind)));
            (await estate.BalanceAsync(round.Id)).ShouldBe(expected);
        }
        (expected.Done, expected.Excused, expected.Outstanding).ShouldBe((375, 375, 750));
        var before = await StatesAsync(app, round.Id);

        app.Clock.Advance(TimeSpan.FromHours(1));
        var again = await estate.RecordAllAsync(estate.Office, items);

        again.ShouldAllBe(a => a.Verdict == ItemVerdict.Duplicate);
        (await app.ReadAsync(db => db.Set<OutcomeFact>().CountAsync(Ct))).ShouldBe(1500);
        (await StatesAsync(app, round.Id)).Zip(before).ShouldAllBe(p => p.First.SameAs(p.Second));
        (await CheckAsync(app, round.Id, await estate.BalanceAsync(round.Id))).ShouldBeEmpty();
    }

    private static TargetStatus StatusOf(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Done => TargetStatus.Done,
        OutcomeKind.Vacant => TargetStatus.Excused,
        _ => TargetStatus.Outstanding,
    };

    private static OutcomeItem Next(Random random, Guid round, Estate estate, List<OutcomeItem> sent)
    {
        if (sent.Count > 0 && random.Next(8) == 0) return sent[random.Next(sent.Count)];
        var kind = Kinds[random.Next(Kinds.Length)];
        var corrected = sent.Count > 0 && (kind == OutcomeKind.Withdrawn || random.Next(5) == 0) ? sent[random.Next(sent.Count)] : null;
        return new OutcomeItem(
            Ids.New(), round, corrected?.TargetId ?? estate.Homes[random.Next(estate.Homes.Count)].Id, kind, (Channel)random.Next(4),
            estate.App.Clock.Now.AddMinutes(random.Next(-300, 20)), corrected?.Id, random.Next(3) == 0 ? null : "外地");
    }

    private static async Task<List<TargetState>> StatesAsync(TongxinApp app, Guid round) =>
        (await app.ReadAsync(db => db.Set<Target>().AsNoTracking().Where(t => t.RoundId == round).OrderBy(t => t.SortKey).ToListAsync(Ct))).ConvertAll(t => t.ToState());

    private static async Task<IReadOnlyList<string>> CheckAsync(TongxinApp app, Guid round, RoundBalance balance)
    {
        var outcomes = (await app.ReadAsync(db => db.Set<OutcomeFact>().AsNoTracking().Where(o => o.RoundId == round).ToListAsync(Ct))).ConvertAll(o => o.ToOutcome());
        var targets = await app.ReadAsync(db => db.Set<Target>().AsNoTracking().Where(t => t.RoundId == round).ToListAsync(Ct));
        return RoundCheck.Run(RoundPolicy.DoorKnock, targets.ConvertAll(t => new RoundTarget(t.TargetId, t.CellId)), outcomes, targets.ConvertAll(t => t.ToState()), balance);
    }
}
