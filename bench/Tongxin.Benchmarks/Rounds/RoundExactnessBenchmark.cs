using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Benchmarks.Harness;
using Tongxin.Benchmarks.Pages;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Grid.RoundBoard;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Samples;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Benchmarks.Rounds;

/// <summary>
/// A round over the demo estate's 1,500 households, one outcome for each, one transaction each. After every one the balance read
/// from the database is held against one kept by hand; at the end the independent checker goes over all, and a second phone
/// sends everything again.
/// </summary>
internal sealed class RoundExactnessBenchmark : IBenchmark
{
    private const int Doors = 1500;
    private static readonly OutcomeKind[] Kinds = [OutcomeKind.Done, OutcomeKind.Done, OutcomeKind.NotReached, OutcomeKind.Refused, OutcomeKind.Vacant];

    public string Name => "round-exactness";

    public string About => "1,500 outcomes in a round of 1,500 households: deviations of the gap list after each, and after a second phone sent all again";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        app.Clock.Set(DemoData.Now);
        var round = await OpenAsync(app, ct);
        var doors = await app.CallAsync<IHouseholds, IReadOnlyList<HouseholdView>>(h => h.ListAsync(null, ct));
        if (doors.Count != Doors) throw new InvalidOperationException($"{doors.Count} households instead of {Doors}.");
        var items = doors.Select((d, i) => new OutcomeItem(Ids.New(), round, d.Id, Kinds[i % Kinds.Length], Channel.Visit, app.Clock.Now.AddSeconds(i - 3600))).ToList();

        var deviations = 0;
        var expected = new RoundBalance(Doors, 0, 0);
        var times = new Sample();
        foreach (var item in items)
        {
            times.Add(await Sample.MillisecondsAsync(() => RecordAsync(app, [item], ct)));
            expected = expected.Moved(TargetStatus.Outstanding, StatusOf(item.Kind));
            if (await BalanceAsync(app, round, ct) != expected) deviations++;
        }

        deviations += await CheckAsync(app, round, ct);
        app.Clock.Advance(TimeSpan.FromHours(1));
        var started = Stopwatch.GetTimestamp();
        var again = await RecordAsync(app, items, ct);
        var repeated = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        deviations += again.Count(a => a.Verdict != ItemVerdict.Duplicate);
        if (await BalanceAsync(app, round, ct) != expected) deviations++;
        deviations += await CheckAsync(app, round, ct);

        return new Measurement("a balance kept by hand, and the checker that shares no code with the engine", deviations, 0, new Dictionary<string, object>
        {
            ["households"] = Doors,
            ["outcomes"] = items.Count,
            ["deviations"] = deviations,
            ["one outcome ms (median)"] = Math.Round(times.Median, 2),
            ["one outcome ms (p95)"] = Math.Round(times.At(0.95), 2),
            ["outcomes a second, one at a time"] = Math.Round(1000 / times.Median),
            ["second phone, all 1,500 again ms"] = Math.Round(repeated),
        });
    }

    private static Task<Guid> OpenAsync(TongxinApp app, CancellationToken ct) => app.InScopeAsync(async services =>
    {
        using var workbook = new MemoryStream();
        PopulationWorkbook.Write(workbook, DemoEstate.Qinyuan());
        workbook.Position = 0;
        var imported = await services.GetRequiredService<IPopulationImport>().ImportAsync(workbook, "estate.xlsx", completeRoll: false, campus: null, Actor.System, ct);
        if (imported.IsFailure) throw new InvalidOperationException(imported.Error.Code);
        var now = app.Clock.GetUtcNow();
        return (await services.GetRequiredService<IRoundDesk>().OpenDoorKnockAsync("敲门行动", now.AddHours(-2), now.AddHours(10), Actor.System, ct)).Value;
    });

    private static Task<IReadOnlyList<ItemAnswer>> RecordAsync(TongxinApp app, IReadOnlyList<OutcomeItem> items, CancellationToken ct) =>
        app.CallAsync<RecordOutcomes, IReadOnlyList<ItemAnswer>>(record => record.ExecuteAsync(items, Actor.System, ct));

    private static async Task<RoundBalance> BalanceAsync(TongxinApp app, Guid round, CancellationToken ct) =>
        (await app.CallAsync<RoundFigures, IReadOnlyList<FigureRow>>(figures => figures.ReadAsync(round, TargetScope.All, ct))).Balance();

    private static async Task<int> CheckAsync(TongxinApp app, Guid round, CancellationToken ct)
    {
        var balance = await BalanceAsync(app, round, ct);
        return await app.ReadAsync(async db =>
        {
            var outcomes = (await db.Set<OutcomeFact>().AsNoTracking().Where(o => o.RoundId == round).ToListAsync(ct)).ConvertAll(o => o.ToOutcome());
            var targets = await db.Set<Target>().AsNoTracking().Where(t => t.RoundId == round).ToListAsync(ct);
            return RoundCheck.Run(RoundPolicy.DoorKnock, targets.ConvertAll(t => new RoundTarget(t.TargetId, t.CellId)), outcomes, targets.ConvertAll(t => t.ToState()), balance).Count;
        });
    }

    private static TargetStatus StatusOf(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Done => TargetStatus.Done,
        OutcomeKind.Vacant => TargetStatus.Excused,
        _ => TargetStatus.Outstanding,
    };
}
