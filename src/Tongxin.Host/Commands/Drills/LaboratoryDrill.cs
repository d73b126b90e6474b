using System.Diagnostics;
using System.Globalization;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Screening.Contracts;

namespace Tongxin.Host.Commands.Drills;

/// <summary>
/// D3: the laboratory sends the file of a whole round with a wrong tube in it and two left out; then a mended one with a positive pool; then
/// the two that were missing with a correction of a third.
/// </summary>
internal sealed class LaboratoryDrill : IDrill
{
    public string Name => "laboratory";

    public string Chinese => "演练: 实验室文件有一管不符、两管遗漏，随后更正。";

    public string English => "Drill: a laboratory's file with a wrong tube and two missing, then mended, then corrected.";

    public async Task RunAsync(DrillStage stage, int people, CancellationToken ct)
    {
        var round = await SampledRound.BuildAsync(stage, people, ct);
        var all = round.Tubes;
        var (positive, misread, turned, missing) = (all[0], all[1], all[2], all.TakeLast(2).ToList());
        List<PaperTube> sent = [.. all.SkipLast(missing.Count)];
        stage.Say($"{all.Count} 管,{round.People} 人。", $"{all.Count} tubes, {round.People} people.");

        var wrong = await round.UploadAsync(SampledRound.File(sent.Select(t => t == misread ? t with { Code = $"{t.Code}X" } : t), Found), ct);
        stage.Check(wrong is { IsHeldBack: true, Refused: 1 } && wrong.RowsIn == sent.Count, "一管不符,整份暂扣。", "A wrong tube keeps the whole file back.");
        stage.Check((await round.PublishAsync(wrong.FileId, ct)).IsFailure, "暂扣的文件不能发布。", "It cannot be published.");
        stage.Check(await StandAsync(stage, round, waiting: all, ct), "没有任何结果生效。", "Nothing of it is known.");

        var began = Stopwatch.GetTimestamp();
        var mended = await round.UploadAsync(SampledRound.File(sent, Found), ct);
        var published = await round.PublishAsync(mended.FileId, ct);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var seconds = took.ToString("0.00", CultureInfo.InvariantCulture);
        stage.Check(!published.IsFailure && published.Value.New == sent.Count, "改正后的文件整份发布。", "The mended file is published as a whole.");
        stage.Say($"读入、核对、发布用了 {seconds} 秒。", $"Read, checked and published in {seconds} s.");
        stage.Check(await StandAsync(stage, round, waiting: missing, ct, positive), "混采阳性不判任何人阳性: 只有管内的人待复核。", "Nobody is positive by a pool: its people are to be rechecked, and only those.");

        var last = await round.UploadAsync([.. SampledRound.File(missing), .. Rows(SampledRound.File([turned], _ => TubeResult.Pos, version: 2))], ct);
        var after = await round.PublishAsync(last.FileId, ct);
        stage.Check(!after.IsFailure && after.Value is { New: 2, Corrected: 1 }, "遗漏的两管与一管更正一并到达。", "The two missing tubes come with a correction.");
        stage.Check(await StandAsync(stage, round, waiting: [], ct, positive, turned), "更正的那一管待复核,邻居不受影响。", "The corrected tube's people are to be rechecked, their neighbours are not.");

        var again = await round.UploadAsync(SampledRound.File([turned]), ct);
        stage.Check(again is { IsHeldBack: false, Known: 1 } && (await round.PublishAsync(again.FileId, ct)).IsFailure, "旧版本再来一次,什么也不变。", "The first version sent once more changes nothing.");
        var back = await round.UploadAsync(SampledRound.File([turned], version: 3), ct);
        stage.Check(!(await round.PublishAsync(back.FileId, ct)).IsFailure && await StandAsync(stage, round, waiting: [], ct, positive), "再次更正,他们立即解除。", "A further correction frees them.");

        TubeResult Found(PaperTube tube) => tube.Code == positive.Code ? TubeResult.Pos : TubeResult.Neg;
    }

    /// <summary>The people of the asked tubes are to be rechecked, those of the waiting ones have no result, everybody else is negative; nobody is positive, and nobody is lost.</summary>
    private static async Task<bool> StandAsync(DrillStage stage, SampledRound round, IReadOnlyList<PaperTube> waiting, CancellationToken ct, params PaperTube[] asked)
    {
        var count = await round.CountAsync(ct);
        var rechecked = asked.SelectMany(t => t.Samples).Select(s => s.PersonId).ToHashSet();
        var held = await stage.DoAsync((ITests tests) => tests.FindAsync(round.Round, rechecked, ct));
        var sampled = waiting.Sum(t => t.Samples.Count);
        return held.Count == rechecked.Count && held.Values.All(t => t.Status == TestStatus.PendingRecheck)
            && count.GetValueOrDefault(TestStatus.PendingRecheck) == rechecked.Count
            && count.GetValueOrDefault(TestStatus.Sampled) == sampled
            && count.GetValueOrDefault(TestStatus.Neg) == round.People - rechecked.Count - sampled
            && count.GetValueOrDefault(TestStatus.Pos) == 0;
    }

    /// <summary>Without the header.</summary>
    private static byte[] Rows(byte[] file) => file[(Array.IndexOf(file, (byte)'\n') + 1)..];
}
