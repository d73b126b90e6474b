using System.Globalization;
using System.Text;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Screening.Contracts;

namespace Tongxin.Host.Commands.Drills;

/// <summary>Everybody of the made-up university sampled yesterday, ten to a tube, and no result yet.</summary>
internal sealed class SampledRound
{
    public const int PoolSize = 10;
    public const string Title = "演练 全员核酸检测";

    private const int Page = 1000;

    private readonly DrillStage _stage;
    private readonly DrillCampus _campus;
    private readonly int _turn;

    private SampledRound(DrillStage stage, DrillCampus campus, int turn, Guid round, IReadOnlyList<PaperTube> tubes) =>
        (_stage, _campus, _turn, Round, Tubes) = (stage, campus, turn, round, tubes);

    public static Actor Actor => Actor.System;

    public Guid Round { get; }

    /// <summary>All full, in the order in which they were taken; neighbours are in the same or the next one.</summary>
    public IReadOnlyList<PaperTube> Tubes { get; }

    public int People => Tubes.Count * PoolSize;

    public static async Task<SampledRound> BuildAsync(DrillStage stage, int people, CancellationToken ct)
    {
        var university = await DrillUniversity.BuildAsync(stage, people, 1, ct);
        return await SampleAsync(stage, university.Campuses[0], 1, ct);
    }

    /// <summary>The same people once more, in tubes of another round.</summary>
    public Task<SampledRound> AgainAsync(CancellationToken ct) => SampleAsync(_stage, _campus, _turn + 1, ct);

    public async Task<LabFileOutcome> UploadAsync(byte[] file, CancellationToken ct)
    {
        using var content = new MemoryStream(file);
        return await _stage.MustAsync((ILabDesk desk) => desk.UploadAsync(Round, content, "results.csv", Actor, ct));
    }

    public Task<Result<LabFileOutcome>> PublishAsync(Guid file, CancellationToken ct) => _stage.DoAsync((ILabDesk desk) => desk.PublishAsync(Round, file, Actor, ct));

    public Task<IReadOnlyDictionary<TestStatus, int>> CountAsync(CancellationToken ct) => _stage.DoAsync((ITests tests) => tests.CountAsync(Round, ct));

    /// <summary>What a laboratory would send of these tubes.</summary>
    public static byte[] File(IEnumerable<PaperTube> tubes, Func<PaperTube, TubeResult>? result = null, int version = 1)
    {
        var text = new StringBuilder("试管码,轮次,混采数,人数,结果,版本\n");
        foreach (var tube in tubes) text.Append(CultureInfo.InvariantCulture, $"{tube.Code},{Title},{tube.Size},{tube.Samples.Count},{result?.Invoke(tube) ?? TubeResult.Neg},{version}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static async Task<SampledRound> SampleAsync(DrillStage stage, DrillCampus campus, int turn, CancellationToken ct)
    {
        var from = CampusCalendar.StartOf(CampusCalendar.DayOf(stage.Now).AddDays(-1)).AddHours(8);
        var round = await stage.MustAsync((ITestingDesk desk) => desk.OpenRoundAsync(new NewTestingRound(Title, from, from.AddHours(12), PoolSize, [campus.Site]) { IsEnteredLater = true }, Actor, ct));
        List<PaperTube> tubes = [.. (await PeopleAsync(stage, round, ct)).Chunk(PoolSize).Where(some => some.Length == PoolSize).Select((some, n) => new PaperTube(
            $"D{turn}-{n + 1:00000}", PoolSize, campus.Site, [.. some.Select((person, at) => new PaperSample(person, from.AddSeconds((n * PoolSize) + at)))], null, null))];
        await stage.DoAsync((ITestingDesk desk) => desk.EnterTubesAsync(round, tubes, Actor, ct));
        return new SampledRound(stage, campus, turn, round, tubes);
    }

    private static async Task<List<Guid>> PeopleAsync(DrillStage stage, Guid round, CancellationToken ct)
    {
        var people = new List<Guid>();
        while (true)
        {
            var page = await stage.DoAsync((IRounds rounds) => rounds.TargetsAsync(new TargetQuery(round, Skip: people.Count, Take: Page), RoundReach.All, ct));
            people.AddRange(page.Rows.Select(t => t.Id));
            if (page.Rows.Count < Page) return people;
        }
    }
}
