using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Laboratory.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>What of rechecks is asked for.</summary>
internal enum RecheckFilter
{
    /// <summary>Something is asked of somebody.</summary>
    Waiting,

    /// <summary>Not reached, or late.</summary>
    Escalated,

    /// <summary>All of the round.</summary>
    All,
}

/// <summary>Somebody to be rechecked.</summary>
/// <param name="RecheckIn">The tube that was taken for it and is at the laboratory.</param>
internal sealed record RecheckLine(RecheckTask Recheck, string Name, string Room, string? Phone, Guid CellId, string? RecheckIn);

/// <summary>Those of a cell; the name is empty for people of no cell.</summary>
internal sealed record RecheckCell(Guid Id, string Name, IReadOnlyList<RecheckLine> Lines);

/// <summary>The list of a round. Total = open + freed + positive + ended.</summary>
internal sealed record RecheckList(TestingRound Round, IReadOnlyList<RecheckCell> Cells, IReadOnlyDictionary<RecheckState, int> ByState, int Escalated, int ToJudge)
{
    public int All => ByState.Values.Sum();
}

/// <summary>One recheck with its steps, newest first.</summary>
internal sealed record RecheckView(TestingRound Round, RecheckLine Line, string? Cell, IReadOnlyList<RecheckStep> Steps, IReadOnlyDictionary<Guid, string> Names);

/// <summary>Rechecks within the reach of whoever looks.</summary>
internal sealed class ReadRechecks(TongxinDb db, IRounds rounds, ICells cells, IPersons persons, RecheckSight sight)
{
    private const int Together = 1000;

    public async Task<RecheckList?> ListAsync(Guid roundId, RecheckFilter filter, Actor actor, CancellationToken ct)
    {
        var reach = await rounds.ReachAsync(actor, LaboratoryPermissions.Follow, ct);
        if (await rounds.FindAsync(roundId, reach, ct) is null || await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId, ct) is not { } round) return null;
        var lines = await LinesAsync(roundId, await db.Set<RecheckTask>().AsNoTracking().Where(r => r.RoundId == roundId).ToListAsync(ct), reach, ct);
        var names = (await cells.ListAsync(ct)).ToDictionary(c => c.Id);
        var asked = lines.Where(l => filter switch
        {
            RecheckFilter.Waiting => l.Recheck.IsWaiting,
            RecheckFilter.Escalated => l.Recheck is { EscalatedAt: not null, IsWaiting: true },
            _ => true,
        });
        return new RecheckList(
            round,
            [.. asked.GroupBy(l => l.CellId).OrderBy(g => names.GetValueOrDefault(g.Key)?.SortKey, StringComparer.Ordinal)
                .Select(g => new RecheckCell(g.Key, names.GetValueOrDefault(g.Key)?.Name ?? "", [.. g.OrderByDescending(l => l.Recheck.EscalatedAt is not null && l.Recheck.IsWaiting).ThenBy(l => l.Recheck.DueAt ?? DateTimeOffset.MaxValue).ThenBy(l => l.Room, StringComparer.Ordinal)]))],
            lines.GroupBy(l => l.Recheck.State).ToDictionary(g => g.Key, g => g.Count()),
            lines.Count(l => l.Recheck is { EscalatedAt: not null, IsWaiting: true }),
            lines.Count(l => l.Recheck is { State: RecheckState.Freed or RecheckState.Positive, JudgedAt: null }));
    }

    public async Task<RecheckView?> FindAsync(Guid roundId, Guid id, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(roundId, id, actor, LaboratoryPermissions.Follow, ct) is not { } recheck) return null;
        var round = await db.Set<TestingRound>().AsNoTracking().SingleAsync(r => r.Id == roundId, ct);
        var line = (await LinesAsync(roundId, [recheck], RoundReach.All, ct)).Single();
        var steps = await db.Set<RecheckStep>().AsNoTracking().Where(s => s.RecheckId == id).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).ToListAsync(ct);
        var people = steps.Select(s => s.ById).OfType<Guid>().Distinct().ToList();
        var cell = (await cells.ListAsync(ct)).FirstOrDefault(c => c.Id == line.CellId)?.Name;
        return new RecheckView(round, line, cell, steps, people.Count == 0 ? new Dictionary<Guid, string>() : await persons.NamesAsync(people, ct));
    }

    private async Task<List<RecheckLine>> LinesAsync(Guid round, List<RecheckTask> rechecks, RoundReach reach, CancellationToken ct)
    {
        if (rechecks.Count == 0) return [];
        List<Guid> ids = [.. rechecks.Select(r => r.PersonId).Distinct()];
        var (targets, names, phones, taken) = (new Dictionary<Guid, TargetView>(), new Dictionary<Guid, string>(), new Dictionary<Guid, string>(), new Dictionary<Guid, string?>());
        foreach (var part in ids.Chunk(Together))
        {
            foreach (var (id, target) in await rounds.StatesAsync(round, part, ct)) targets[id] = target;
            foreach (var (id, name) in await persons.NamesAsync(part, ct)) names[id] = name;
            foreach (var (id, phone) in await persons.MaskedPhonesAsync(part, ct)) phones[id] = phone;
            foreach (var test in await db.Set<TestRow>().AsNoTracking().Where(t => t.RoundId == round && part.Contains(t.PersonId)).Select(t => new { t.PersonId, t.RecheckIn }).ToListAsync(ct)) taken[test.PersonId] = test.RecheckIn;
        }

        var lines = new List<RecheckLine>();
        foreach (var recheck in rechecks)
        {
            var target = targets.GetValueOrDefault(recheck.PersonId);
            if (!reach.Everything && (target is null || !reach.Admits(target.CellId, target.PlacePath))) continue;
            lines.Add(new RecheckLine(recheck, names.GetValueOrDefault(recheck.PersonId) ?? "", target?.Label ?? "", phones.GetValueOrDefault(recheck.PersonId), target?.CellId ?? Guid.Empty, taken.GetValueOrDefault(recheck.PersonId)));
        }

        return lines;
    }
}
