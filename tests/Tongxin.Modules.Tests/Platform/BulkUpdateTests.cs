using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Modules.Tests.Screening.Tubes;
using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Platform;

/// <summary>Many rows by one statement: as parameters when they are few, through a table beside when they are many.</summary>
public sealed class BulkUpdateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Record_AFewAndThenMany_ProjectsWhatTheFactsSay(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider, people: 300);
        var seen = town.App.Clock.GetUtcNow();
        var before = await TargetsAsync(town);

        await RecordAsync(town, [.. town.People.Take(5).Select(p => Fact(p, OutcomeKind.Done))]);
        await RecordAsync(town, [.. town.People.Skip(5).Select((p, i) => Fact(p, i % 2 == 0 ? OutcomeKind.Done : OutcomeKind.Excused))]);

        var after = await TargetsAsync(town);
        after.ShouldAllBe(t => t.Version == 1 && t.Status != TargetStatus.Outstanding && t.LastSeenAt == seen && t.ClosedSlot != null && t.DecidedBy != null);
        after.Select(t => (t.TargetId, t.Code, t.Label, t.SortKey, t.CellId)).ShouldBe(before.Select(t => (t.TargetId, t.Code, t.Label, t.SortKey, t.CellId)));
        var rebuilt = await town.App.CallAsync((IRoundRebuild rebuild) => rebuild.ExecuteAsync(town.Office, Ct));
        (rebuilt.Targets, rebuilt.Mended, rebuilt.Findings.Count).ShouldBe((300, 0, 0));

        // Twice in one transaction, and back again: values become null.
        var fact = after.First(t => t.TargetId == town.People[0]).DecidedBy;
        await RecordAsync(town, [new RoundFact(Ids.New(), town.People[0], OutcomeKind.Withdrawn, Channel.Visit, seen, Corrects: fact)], [Fact(town.People[0], OutcomeKind.NotReached)]);
        var open = (await TargetsAsync(town)).First(t => t.TargetId == town.People[0]);
        (open.Version, open.Status, open.ClosedSlot, open.Attempts).ShouldBe((3, TargetStatus.Outstanding, null, 1));
        (await town.App.CallAsync((IRoundRebuild rebuild) => rebuild.ExecuteAsync(town.Office, Ct))).Mended.ShouldBe(0);

        RoundFact Fact(Guid person, OutcomeKind kind) => new(Ids.New(), person, kind, Channel.Visit, seen, Reason: kind == OutcomeKind.Excused ? "Away" : null);
    }

    [Theory, BothProviders]
    public async Task Update_OfARowThatWasChangedMeanwhile_Throws(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider, people: 3);
        var stale = await TargetsAsync(town);
        await RecordAsync(town, [new RoundFact(Ids.New(), town.People[1], OutcomeKind.Done, Channel.Visit, town.App.Clock.GetUtcNow())]);

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => town.App.ReadAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.BulkUpdateAsync(stale, Ct, Target.Projected);
            return 0;
        }));

        (await TargetsAsync(town)).Count(t => t.Status == TargetStatus.Done).ShouldBe(1);
    }

    private static Task<List<Target>> TargetsAsync(TubeTown town) =>
        town.App.ReadAsync(db => db.Set<Target>().AsNoTracking().Where(t => t.RoundId == town.Round).OrderBy(t => t.SortKey).ToListAsync(Ct));

    private static Task<int> RecordAsync(TubeTown town, params IReadOnlyList<RoundFact>[] groups) => town.App.InScopeAsync(async services =>
    {
        var (db, desk) = (services.GetRequiredService<TongxinDb>(), services.GetRequiredService<IRoundDesk>());
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        foreach (var facts in groups) (await desk.RecordAsync(town.Round, facts, town.Office, Ct)).Count(v => !v.IsNew).ShouldBe(0);
        await db.CommitAsync(Ct);
        await transaction.CommitAsync(Ct);
        return 0;
    });
}
