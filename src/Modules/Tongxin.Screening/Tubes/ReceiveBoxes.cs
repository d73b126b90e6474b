using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;

namespace Tongxin.Screening.Tubes;

/// <summary>A transport box of a round: how many of its tubes are on the way, at the laboratory, being tested, and judged.</summary>
internal sealed record BoxLine(string Code, int OnTheWay, int Received, int Testing, int Judged)
{
    public int All => OnTheWay + Received + Testing + Judged;
}

/// <summary>The laboratory's two steps before a result, a box at a time: its tubes are received, and work on them begins. What is done already is not done twice.</summary>
internal sealed class ReceiveBoxes(ReadTubes tubes, IRounds rounds, TubeWriter writer, TimeProvider clock)
{
    /// <summary>Boxes of a round within reach, those on the way first; null: no such round for the actor.</summary>
    public async Task<(RoundView Round, IReadOnlyList<BoxLine> Boxes)?> ListAsync(Guid round, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(round, actor, ct) is not { } view) return null;
        var stages = await (await tubes.VisibleAsync(round, actor, ct, TubePermissions.Receive)).Where(t => t.BoxCode != null)
            .GroupBy(t => new { t.BoxCode, t.Stage }).Select(g => new { g.Key.BoxCode, g.Key.Stage, Count = g.Count() }).ToListAsync(ct);
        var boxes = stages.GroupBy(s => s.BoxCode ?? "", StringComparer.Ordinal).Select(g => new BoxLine(
            g.Key,
            g.Where(s => s.Stage <= TubeStage.Boxed).Sum(s => s.Count),
            g.Where(s => s.Stage == TubeStage.Received).Sum(s => s.Count),
            g.Where(s => s.Stage == TubeStage.Testing).Sum(s => s.Count),
            g.Where(s => s.Stage > TubeStage.Testing).Sum(s => s.Count)));
        return (view, [.. boxes.OrderByDescending(b => b.OnTheWay > 0).ThenByDescending(b => b.Received > 0).ThenBy(b => b.Code, StringComparer.Ordinal)]);
    }

    /// <summary>Takes every tube of a box one step on. Commits.</summary>
    /// <param name="step">Received or Testing.</param>
    /// <returns>How many tubes went on.</returns>
    public async Task<Result<int>> StepAsync(Guid round, string? box, TubeFactKind step, Actor actor, CancellationToken ct)
    {
        if (step is not (TubeFactKind.Received or TubeFactKind.Testing)) return TubeErrors.Field("step");
        if (await FindAsync(round, actor, ct) is null) return TubeErrors.NotFound;
        var code = TubeCode.Read(box);
        var inside = await (await tubes.VisibleAsync(round, actor, ct, TubePermissions.Receive)).Where(t => t.BoxCode == code).Select(t => new { t.Code, t.Stage }).ToListAsync(ct);
        if (inside.Count == 0) return TubeErrors.BoxUnknown(code);
        var ready = inside.Where(t => step == TubeFactKind.Received ? t.Stage <= TubeStage.Boxed : t.Stage == TubeStage.Received).ToList();
        if (ready.Count == 0) return step == TubeFactKind.Received ? TubeErrors.BoxReceived(code) : TubeErrors.BoxNotReceived(code);

        var now = clock.GetUtcNow();
        var written = await writer.WriteAsync(
            [.. ready.Select(t => new TubeItem(new TubeFact(Ids.New(), round, t.Code, step, now, now) { By = actor.PersonId ?? actor.AccountId }, IsVouched: true))], actor, ct);
        return written.Answers.Count(a => a.Verdict == TubeVerdict.Recorded);
    }

    private async Task<RoundView?> FindAsync(Guid round, Actor actor, CancellationToken ct) =>
        await rounds.FindAsync(round, await rounds.ReachAsync(actor, TubePermissions.Receive, ct), ct) is { Kind: RoundKind.Testing } view ? view : null;
}
