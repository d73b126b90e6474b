using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Statements;

/// <summary>
/// Computes the figures of a round at an instant from the facts received until then and from nothing else: no projection is read, so the same
/// instant gives the same figures again, and a figure that cannot be rebuilt is noticed.
/// </summary>
internal sealed class BuildStatement(TongxinDb db, IRounds rounds, ICells cells)
{
    public async Task<StatementFigures> AsOfAsync(Guid round, DateTimeOffset asOf, CancellationToken ct)
    {
        var standings = await rounds.StandingsAsync(round, asOf, ct);
        var tubes = await TubesAsync(round, asOf, ct);
        var states = MemberFold.All(round, tubes);
        var roll = standings.Select(s => s.Id).ToHashSet();
        var counted = states.Where(s => s.IsCounted).Select(s => s.PersonId).ToHashSet();
        var own = tubes.Where(t => t.RoundId == round).ToList();
        List<StatementLine> lines =
        [
            new(StatementKeys.Targets, standings.Count),
            new(StatementKeys.Done, Count(standings, TargetStatus.Done)),
            new(StatementKeys.Excused, Count(standings, TargetStatus.Excused)),
            new(StatementKeys.Outstanding, Count(standings, TargetStatus.Outstanding)),
        ];
        var excused = standings.Where(s => s.Status == TargetStatus.Excused).GroupBy(s => ReasonOf(s.Reason)).ToDictionary(g => g.Key, g => g.Count());
        lines.AddRange(Enum.GetValues<ExcuseReason>().Select(r => new StatementLine(StatementKeys.ExcusePrefix + r, excused.GetValueOrDefault(r))));
        lines.Add(new(StatementKeys.Tubes, own.Count));
        lines.AddRange(Enum.GetValues<TubeStage>().Select(s => new StatementLine(StatementKeys.TubePrefix + s, own.Count(t => t.Stage == s))));
        lines.AddRange(Enum.GetValues<TestStatus>().Where(s => s != TestStatus.NotSampled)
            .Select(s => new StatementLine(StatementKeys.TestPrefix + s, states.Count(m => m.Status == s && roll.Contains(m.PersonId)))));
        lines.Add(new(StatementKeys.RecheckOpen, states.Count(s => s is { RecheckBecause.Count: > 0, RecheckIn: null })));
        lines.Add(new(StatementKeys.RecheckTaken, states.Count(s => s.RecheckIn is not null)));
        lines.Add(new(StatementKeys.RecheckDecided, own.Count(t => t is { Purpose: TubePurpose.Recheck, Verdict: not null })));
        lines.Add(new(StatementKeys.Strangers, counted.Count(p => !roll.Contains(p))));
        lines.Add(new(StatementKeys.Unexplained, standings.Count(s => (s.Status == TargetStatus.Done) != counted.Contains(s.Id))));
        return new StatementFigures(lines, await CellsAsync(standings, ct));
    }

    private async Task<IReadOnlyList<TubeState>> TubesAsync(Guid round, DateTimeOffset asOf, CancellationToken ct)
    {
        var codes = db.Set<TubeFactRow>().Where(f => f.RoundId == round && f.ReceivedAt <= asOf).Select(f => f.TubeCode);
        var facts = await db.Set<TubeFactRow>().AsNoTracking().Where(f => f.ReceivedAt <= asOf && codes.Contains(f.TubeCode)).ToListAsync(ct);
        return [.. facts.GroupBy(f => f.TubeCode, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => TubeFold.Of(g.Key, g.Select(f => f.ToFact())))];
    }

    private async Task<IReadOnlyList<StatementCell>> CellsAsync(IReadOnlyList<TargetStanding> standings, CancellationToken ct)
    {
        var known = (await cells.ListAsync(ct)).ToDictionary(c => c.Id);
        return [.. standings.GroupBy(s => s.CellId).OrderBy(g => known.GetValueOrDefault(g.Key)?.SortKey ?? "~", StringComparer.Ordinal).ThenBy(g => g.Key).Select(g =>
        {
            var all = g.ToList();
            return new StatementCell(
                g.Key, known.GetValueOrDefault(g.Key)?.Name ?? "", all.Count, Count(all, TargetStatus.Done), Count(all, TargetStatus.Excused), Count(all, TargetStatus.Outstanding));
        })];
    }

    private static int Count(IReadOnlyList<TargetStanding> standings, TargetStatus status) => standings.Count(s => s.Status == status);

    private static ExcuseReason ReasonOf(string? reason) =>
        Enum.TryParse<ExcuseReason>((reason ?? "").Split(':', 2)[0], out var code) && Enum.IsDefined(code) ? code : ExcuseReason.Other;
}
