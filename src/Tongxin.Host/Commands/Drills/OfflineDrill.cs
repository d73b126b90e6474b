using System.Globalization;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;

namespace Tongxin.Host.Commands.Drills;

/// <summary>
/// Drill D2: the campuses hear nothing of each other for 40 hours. The same forty hours are delivered to three rounds in three orders: as it would
/// be, home campus first and the others afterwards, and twice wholly mixed; parts come late, again and with laboratory results before their
/// samples. Then everybody must stand where the day put them, and alike in all three.
/// </summary>
internal sealed class OfflineDrill : IDrill
{
    private const int Rounds = 3, TablesEach = 12, MostTogether = 300, AtOnce = 4, Seed = 20_220_103;
    private const double Excused = 0.03, SentAgain = 0.2;
    private const int Page = 1000;

    private static readonly Actor Actor = Actor.System;

    public string Name => "offline";

    public string Chinese => "演练 D2: 各校区断网 40 小时,各自采样,之后乱序、重复、迟到地合并。";

    public string English => "Drill D2: campuses cut off from each other for 40 h, merged in random order with repetitions.";

    public async Task RunAsync(DrillStage stage, int people, CancellationToken ct)
    {
        var university = await DrillUniversity.BuildAsync(stage, people, TablesEach, ct);
        var start = CampusCalendar.StartOf(CampusCalendar.DayOf(stage.Now).AddDays(-2));
        var tables = Math.Clamp(people / 600, 2, TablesEach);
        var rounds = new List<Guid>();
        var roll = new List<DrillPerson>();
        for (var r = 0; r < Rounds; r++)
        {
            var round = await stage.MustAsync((ITestingDesk d) => d.OpenRoundAsync(
                new NewTestingRound($"断网演练 {r + 1}", start, start.AddHours(24), 10, [.. university.Campuses.Select(c => c.Site)]) { IsEnteredLater = true }, Actor, ct));
            rounds.Add(round);
            if (r == 0) roll = await RollAsync(stage, university, round, ct);
            await ExcuseAsync(stage, round, [.. roll.Where(p => p.IsExcused)], start, ct);
        }

        var day = OfflineDay.Act(university.Campuses, roll, rounds[0], start, tables, Seed);
        stage.Say(
            $"{roll.Count} 人,{university.Campuses.Count} 个校区,{day.Phones.Count} 台;{day.Truth.Values.Count(t => t.Tubes > 1)} 人在两管中,{day.SharedCodes} 个管码被用两次。",
            $"{roll.Count} people, {university.Campuses.Count} campuses, {day.Phones.Count} tables; {day.Truth.Values.Count(t => t.Tubes > 1)} people in two tubes, {day.SharedCodes} codes used twice.");

        var standings = new List<IReadOnlyDictionary<Guid, Standing>>();
        for (var r = 0; r < Rounds; r++)
        {
            var sent = await MergeAsync(stage, day, rounds[r], r, roll.Count, ct);
            stage.Say($"第 {r + 1} 种次序: 送达 {sent.Facts} 条,其中 {sent.Again} 条重复。", $"Order {r + 1}: {sent.Facts} facts delivered, {sent.Again} of them again.");
            stage.Check(sent.Refused == 0 && sent.New == day.Phones.Sum(p => p.Facts.Count) + day.Reports.Count, "每条都留下,且只留一次。", "Every fact is kept, and once.");
            standings.Add(await StandingsAsync(stage, rounds[r], roll, ct));
            await CheckAsync(stage, day, rounds[r], roll, standings[r], ct);
        }

        stage.Check(standings.Skip(1).All(s => s.Count == standings[0].Count && s.All(p => standings[0][p.Key] == p.Value)), "任何次序,结果相同。", "The same state whatever the order.");
    }

    /// <summary>The frozen roll with where everybody lives.</summary>
    private static async Task<List<DrillPerson>> RollAsync(DrillStage stage, DrillUniversity university, Guid round, CancellationToken ct)
    {
        var random = new Random(Seed);
        var targets = await TargetsAsync(stage, round, ct);
        return [.. targets.OrderBy(t => t.SortKey, StringComparer.Ordinal).Select(t => new DrillPerson(
            t.Id, Math.Max(0, university.Campuses.ToList().FindIndex(c => t.PlacePath.StartsWith(c.Path, StringComparison.Ordinal))), t.CellId, random.NextDouble() < Excused))];
    }

    private static async Task<IReadOnlyList<TargetView>> TargetsAsync(DrillStage stage, Guid round, CancellationToken ct) =>
        (await stage.DoAsync((IRounds r) => r.TargetsAsync(new TargetQuery(round, Take: int.MaxValue), RoundReach.All, ct))).Rows;

    private static Task<int> ExcuseAsync(DrillStage stage, Guid round, List<DrillPerson> excused, DateTimeOffset at, CancellationToken ct) => stage.DoAsync(async (IServiceProvider services) =>
    {
        var (db, desk) = (services.GetRequiredService<TongxinDb>(), services.GetRequiredService<IRoundDesk>());
        foreach (var some in excused.Chunk(Page))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await desk.RecordAsync(round, [.. some.Select(p => new RoundFact(Ids.New(), p.Id, OutcomeKind.Excused, Channel.Paper, at, Reason: "Hospital"))], Actor, ct);
            await db.CommitAsync(ct);
            await transaction.CommitAsync(ct);
        }
        return excused.Count;
    });

    /// <summary>Delivers the day to a round. Order 0: the home campus as it goes, the others when the line is back; the others: everything mixed.</summary>
    private static async Task<Sent> MergeAsync(DrillStage stage, OfflineDay day, Guid round, int order, int people, CancellationToken ct)
    {
        var random = new Random(Seed + order);
        var parts = day.Phones.SelectMany(p => Parts(p.Facts, random).Select(f => (p.Campus, Facts: f))).Concat(Parts(day.Reports, random).Select(f => (Campus: 0, Facts: f))).ToList();
        var again = parts.Where(_ => random.NextDouble() < SentAgain).ToList();
        var line = parts.Concat(again).OrderBy(p => order == 0 && p.Campus != 0).ThenBy(_ => random.Next()).ToList();
        var sent = new Sent(line.Sum(p => p.Facts.Length), again.Sum(p => p.Facts.Length));
        var outOfBalance = 0;
        await Parallel.ForEachAsync(line, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (part, stop) =>
        {
            var receipts = await stage.DoAsync((ITubeIntake t) => t.RecordAsync([.. part.Facts.Select(f => InRound(f, round, order))], Actor, stop));
            sent.Add(receipts);
            if ((await stage.DoAsync((IRounds r) => r.FindAsync(round, RoundReach.All, stop)))?.Balance is not { } b || b.Targets != people || b.Done + b.Excused + b.Outstanding != people)
                Interlocked.Increment(ref outOfBalance);
        });
        stage.Check(outOfBalance == 0, $"合并的每一刻 应检 = 已检 + 未检 + 免检 ({line.Count} 次)。", $"The identity held at each moment of the merge ({line.Count} looks).");
        return sent;
    }

    private static IEnumerable<TubeFact[]> Parts(IReadOnlyList<TubeFact> facts, Random random)
    {
        var most = Math.Clamp(facts.Count / 4, 5, MostTogether);
        for (var at = 0; at < facts.Count;)
        {
            var take = Math.Min(facts.Count - at, 1 + random.Next(most));
            yield return [.. facts.Skip(at).Take(take)];
            at += take;
        }
    }

    /// <summary>The same fact in another round: ids and codes differ in one sign that decides nothing.</summary>
    private static TubeFact InRound(TubeFact fact, Guid round, int order) => fact with
    {
        Id = Mark(fact.Id, order),
        RoundId = round,
        TubeCode = $"{(char)('A' + order)}{fact.TubeCode[1..]}",
        Corrects = fact.Corrects is { } other ? Mark(other, order) : null,
    };

    private static Guid Mark(Guid id, int order)
    {
        var bytes = id.ToByteArray();
        bytes[^1] = (byte)order;
        return new Guid(bytes);
    }

    private static async Task<IReadOnlyDictionary<Guid, Standing>> StandingsAsync(DrillStage stage, Guid round, List<DrillPerson> roll, CancellationToken ct)
    {
        var targets = (await TargetsAsync(stage, round, ct)).ToDictionary(t => t.Id, t => t.Status);
        var standings = new Dictionary<Guid, Standing>();
        foreach (var some in roll.Select(p => p.Id).Chunk(Page))
        {
            var tests = await stage.DoAsync((ITests t) => t.FindAsync(round, some, ct));
            foreach (var id in some) standings[id] = Standing.Of(targets.GetValueOrDefault(id), tests.GetValueOrDefault(id));
        }
        return standings;
    }

    private static async Task CheckAsync(DrillStage stage, OfflineDay day, Guid round, List<DrillPerson> roll, IReadOnlyDictionary<Guid, Standing> standings, CancellationToken ct)
    {
        var lost = roll.Count(p => day.Truth[p.Id].Tubes > 0 && standings[p.Id] is not { Target: TargetStatus.Done, CountedIn: not null });
        stage.Check(lost == 0, $"无人遗漏: {roll.Count(p => day.Truth[p.Id].Tubes > 0)} 人采过且已检。", $"Nobody lost: {roll.Count(p => day.Truth[p.Id].Tubes > 0)} people sampled and counted.");
        var done = (await stage.DoAsync((IRounds r) => r.FindAsync(round, RoundReach.All, ct)))?.Balance.Done;
        var twice = roll.Count(p => standings[p.Id].IsInTwoTubes != day.Truth[p.Id].Tubes > 1);
        stage.Check(twice == 0 && done == day.Truth.Values.Count(t => t.Tubes > 0), "无人重复: 两管者只计一次。", "Nobody twice: who is in two tubes counts once.");
        var wrong = roll.Count(p => standings[p.Id].Status != day.Truth[p.Id].Status);
        stage.Check(wrong == 0, $"各人状态与实际一致,召回 {day.Truth.Values.Count(t => t.IsRecalled)} 人。", $"Everybody stands where the day put them; {day.Truth.Values.Count(t => t.IsRecalled)} recalled.");
        stage.Check(standings.Values.All(s => s.Status != TestStatus.Pos), "混管阳性不判任何人阳性。", "A pool makes nobody positive.");

        var figures = (await stage.DoAsync((IRounds r) => r.FiguresAsync(round, RoundReach.All, ct))).GroupBy(f => (f.CellId, f.Status)).ToDictionary(g => g.Key, g => g.Sum(f => f.Count));
        var cells = roll.GroupBy(p => p.Cell).ToList();
        var exact = cells.TrueForAll(c => Enum.GetValues<TargetStatus>().All(s => figures.GetValueOrDefault((c.Key, s)) == c.Count(p => MustBe(day, p) == s)));
        stage.Check(exact && figures.Values.Sum() == roll.Count, $"{cells.Count} 个网格逐一相等: 应检 = 已检 + 未检 + 免检。", $"Exact in each of {cells.Count} cells.");
        if (standings.FirstOrDefault(s => s.Value.Status != day.Truth[s.Key].Status) is { Value: { } one, Key: var who })
            stage.Say($"例: {one.Status},应为 {day.Truth[who].Status}", string.Create(CultureInfo.InvariantCulture, $"One of them: {one.Status} instead of {day.Truth[who].Status}, tubes {day.Truth[who].Tubes}."));
    }

    private static TargetStatus MustBe(OfflineDay day, DrillPerson person) =>
        day.Truth[person.Id].Tubes > 0 ? TargetStatus.Done : person.IsExcused ? TargetStatus.Excused : TargetStatus.Outstanding;

    /// <summary>What must be alike in all rounds; codes without the sign of their round.</summary>
    private sealed record Standing(TargetStatus Target, TestStatus Status, string? CountedIn, DateTimeOffset? SampledAt, string? DecidedBy, string Rechecks, bool IsInTwoTubes, bool IsContested)
    {
        public static Standing Of(TargetStatus target, TestView? test) => new(
            target, test?.Status ?? TestStatus.NotSampled, test?.CountedIn?[1..], test?.SampledAt, test?.DecidedBy?[1..],
            string.Join(',', test?.RecheckBecause.Select(c => c[1..]) ?? []), test?.IsInTwoTubes ?? false, test?.IsContested ?? false);
    }

    /// <summary>Counts of deliveries.</summary>
    private sealed record Sent(int Facts, int Again)
    {
        private int _new, _refused;

        public int New => _new;
        public int Refused => _refused;

        public void Add(IReadOnlyList<TubeReceipt> receipts)
        {
            Interlocked.Add(ref _new, receipts.Count(r => r.IsNew));
            Interlocked.Add(ref _refused, receipts.Count(r => r.Error is not null));
        }
    }
}
