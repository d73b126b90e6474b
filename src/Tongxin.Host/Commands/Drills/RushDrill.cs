using System.Diagnostics;
using System.Globalization;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Grid.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Contracts;

namespace Tongxin.Host.Commands.Drills;

/// <summary>
/// A round is planned, and in the middle of its day ten times as many people come for twenty minutes. What the tables then say goes through the
/// product's intake; after every minute the round's figures are held, cell by cell, against a count kept by hand.
/// </summary>
internal sealed class RushDrill : IDrill
{
    private const double Minutes = 20, Times = 10, PlannedHours = 6;
    private const int RatePerHour = 120, MostTables = 40, AtOnce = 4;

    private static readonly Actor Actor = Actor.System;

    public string Name => "rush";

    public string Chinese => "演练: 采样中段 20 分钟内来了 10 倍的人。";

    public string English => "Drill: ten times as many people for twenty minutes in the middle of a round.";

    public async Task RunAsync(DrillStage stage, int people, CancellationToken ct)
    {
        var perTable = RatePerHour * SamplingSize.Planned * PlannedHours;
        var university = await DrillUniversity.BuildAsync(stage, people, 1, ct);
        var tables = Math.Clamp((int)Math.Ceiling(people / perTable / university.Campuses.Count), 1, MostTables);
        var start = CampusCalendar.StartOf(CampusCalendar.DayOf(stage.Now).AddDays(-1)).AddHours(8);
        var sites = new Dictionary<Guid, string>();
        foreach (var campus in university.Campuses)
        {
            var site = await stage.MustAsync((ITestingDesk d) => d.AddSiteAsync(new NewTestingSite($"{campus.Name} 演练点", campus.Place, null, tables, 1) { RatePerHour = RatePerHour }, Actor, ct));
            sites[site] = campus.Name;
        }

        var began = Stopwatch.GetTimestamp();
        var round = await stage.MustAsync((ITestingDesk d) => d.OpenRoundAsync(new NewTestingRound("高峰演练", start, start.AddHours(14), 10, [.. sites.Keys]) { IsEnteredLater = true }, Actor, ct));
        await stage.MustAsync((ITestingDesk d) => d.PlanRoundAsync(round, Actor, ct));
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var planned = await stage.DoAsync((IRoundPlans p) => p.FindAsync(round, ct)) ?? throw new InvalidOperationException("The plan is not in force.");
        var (plan, called) = (planned.Plan, planned.Plan.Slots.Sum(s => s.People));
        stage.Say(
            string.Create(CultureInfo.InvariantCulture, $"{planned.People.Count} 人,{sites.Count} 个采样点,每点 {tables}+1 台;开轮与计划 {took:0.0} 秒;预计 {plan.Score.FinishMinutes} 分钟采完,最长队 {plan.Score.LongestQueue} 人。"),
            string.Create(CultureInfo.InvariantCulture, $"{planned.People.Count} people, {sites.Count} sites of {tables}+1 tables; opened and planned in {took:0.0} s; forecast: done after {plan.Score.FinishMinutes} min, longest queue {plan.Score.LongestQueue}."));
        stage.Check(plan.Unplaced.Count == 0, "人人有时段。", "Everybody has a slot.");

        var rush = new ArrivalRush(Math.Round(plan.Score.FinishMinutes / 3.0), Minutes, Times);
        var usual = SamplingSimulator.Run(planned.Request, plan, ct: ct);
        var day = SamplingSimulator.Run(planned.Request, plan, new SimulatorOptions { Rush = rush }, ct);
        stage.Check(day.Served + day.Absent == called && usual.Served + usual.Absent == called, $"来者皆采: {day.Served} 人采,{day.Absent} 人未到。", $"Everybody who came was served: {day.Served}, {day.Absent} did not come.");
        foreach (var advice in RushAdvice.Of(planned, usual, day, rush)) stage.Say(advice.Chinese(sites[advice.Site]), advice.English(sites[advice.Site]));
        stage.Say(
            string.Create(CultureInfo.InvariantCulture, $"等候: 平日 95% 在 {usual.WaitMinutes[95]:0} 分钟内,高峰日 {day.WaitMinutes[95]:0} 分钟,最长 {day.WaitMinutes[100]:0} 分钟;第 {day.FinishMinutes:0} 分钟采完(平日 {usual.FinishMinutes:0})。"),
            string.Create(CultureInfo.InvariantCulture, $"Waiting: 95 % within {usual.WaitMinutes[95]:0} min on a usual day, {day.WaitMinutes[95]:0} with the rush, {day.WaitMinutes[100]:0} at most; done after {day.FinishMinutes:0} min (usual {usual.FinishMinutes:0})."));
        await TakeAsync(stage, round, planned, day, ct);
    }

    /// <summary>Minute by minute into the product; after each the figures must be those of a count kept by hand.</summary>
    private static async Task TakeAsync(DrillStage stage, Guid round, PlannedRound planned, SimulatedDay day, CancellationToken ct)
    {
        var targets = (await stage.DoAsync((IRounds r) => r.TargetsAsync(new TargetQuery(round, Take: int.MaxValue), RoundReach.All, ct))).Rows;
        var cellOf = targets.ToDictionary(t => t.Id, t => t.CellId);
        var roll = targets.GroupBy(t => t.CellId).ToDictionary(g => g.Key, g => g.Count());
        var excused = targets.Where(t => t.Status == TargetStatus.Excused).GroupBy(t => t.CellId).ToDictionary(g => g.Key, g => g.Count());
        var done = roll.Keys.ToDictionary(c => c, _ => 0);
        var (looks, wrong, refused, facts) = (0, 0, 0, 0);
        var slowest = TimeSpan.Zero;
        foreach (var minute in RushDay.Minutes(round, planned, day))
        {
            await Parallel.ForEachAsync(minute.Batches, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (batch, stop) =>
            {
                var began = Stopwatch.GetTimestamp();
                var receipts = await stage.DoAsync((ITubeIntake t) => t.RecordAsync(batch, Actor, stop));
                var took = Stopwatch.GetElapsedTime(began);
                lock (roll)
                {
                    (facts, refused) = (facts + receipts.Count, refused + receipts.Count(r => !r.IsNew));
                    if (took > slowest) slowest = took;
                }
            });
            foreach (var person in minute.People) done[cellOf[person]]++;
            var now = (await stage.DoAsync((IRounds r) => r.FiguresAsync(round, RoundReach.All, ct))).GroupBy(f => (f.CellId, f.Status)).ToDictionary(g => g.Key, g => g.Sum(f => f.Count));
            looks++;
            if (!roll.All(c => Figure(c.Key, TargetStatus.Done) == done[c.Key] && Figure(c.Key, TargetStatus.Excused) == excused.GetValueOrDefault(c.Key)
                && Figure(c.Key, TargetStatus.Outstanding) == c.Value - done[c.Key] - excused.GetValueOrDefault(c.Key))) wrong++;

            int Figure(Guid cell, TargetStatus status) => now.GetValueOrDefault((cell, status));
        }

        stage.Check(wrong == 0, $"{looks} 分钟,分分相等: {roll.Count} 个网格 应检 = 已检 + 未检 + 免检。", $"Exact in each of {looks} minutes and {roll.Count} cells.");
        stage.Check(refused == 0, $"{facts} 条记录全部留下。", $"All {facts} facts are kept.");
        stage.Check(done.Values.Sum() == day.Served, $"已检 {done.Values.Sum()} 人,一人一次。", $"{done.Values.Sum()} people counted, each once.");
        stage.Say(string.Create(CultureInfo.InvariantCulture, $"最慢一批 {slowest.TotalMilliseconds:0} 毫秒。"), string.Create(CultureInfo.InvariantCulture, $"Slowest batch {slowest.TotalMilliseconds:0} ms."));
    }
}
