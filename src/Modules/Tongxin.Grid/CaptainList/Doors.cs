using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Grid.RoundBoard;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.CaptainList;

/// <summary>Reads the doors of the own cells, outstanding first by next attempt. Whatever lies outside is not there.</summary>
internal sealed class Doors(
    TongxinDb db, VisitScope scopes, RoundFigures figures, ResponsibleCells responsible, IHouseholds households, IPersons persons, SecretBox box, TimeProvider clock)
{
    public const int PageSize = 50;

    private readonly Dictionary<Guid, Door> _read = [];
    private DoorListing? _head;

    /// <summary>Round and counters; null: no round is open, or it does not touch the actor's cells. Read once a request.</summary>
    public async Task<DoorListing?> HeadAsync(Guid? roundId, Guid? cellId, Actor actor, CancellationToken ct)
    {
        if (_head is { } known && (roundId is null || known.Round.Id == roundId)) return known;
        var scope = await scopes.OfAsync(actor, GridPermissions.RecordVisits, ct);
        var now = clock.GetUtcNow();
        var rounds = await db.Doors().AsNoTracking()
            .Where(r => r.ClosedAt == null && scope.Within(db.Set<Target>()).Any(t => t.RoundId == r.Id))
            .OrderBy(r => r.DueAt).ToListAsync(ct);
        var round = roundId is null ? rounds.FirstOrDefault() : rounds.Find(r => r.Id == roundId);
        if (round is null) return null;

        var rows = (await figures.ReadAsync(round.Id, scope, ct)).Where(r => cellId is null || r.CellId == cellId).ToList();
        var open = await Own(scope, round.Id, cellId)
            .CountAsync(t => t.Status == TargetStatus.Outstanding && (t.Result == null || t.NextFrom <= now), ct);
        var cells = rows.Select(r => r.CellId).Distinct().ToList();
        var name = cells.Count == 1 ? (await responsible.ReadAsync(ct))[cells[0]].Name : null;
        return _head = new DoorListing(round, rounds, rows.Balance(), rows.Tally(), open, name, cells.Count);
    }

    /// <summary>A page of doors, those to knock on now first.</summary>
    public async Task<IReadOnlyList<Door>> ListAsync(DoorListing head, Guid? cellId, int page, Actor actor, CancellationToken ct)
    {
        var scope = await scopes.OfAsync(actor, GridPermissions.RecordVisits, ct);
        var now = clock.GetUtcNow();
        var shown = await Own(scope, head.Round.Id, cellId)
            .OrderBy(t => t.Status == TargetStatus.Outstanding ? 0 : 1)
            .ThenBy(t => t.Result == null || t.NextFrom <= now ? 0 : 1)
            .ThenBy(t => t.SortKey)
            .Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return await FillAsync(head.Round, shown, actor, ct);
    }

    /// <summary>One door; null outside the actor's scope.</summary>
    public async Task<Door?> FindAsync(Guid roundId, Guid targetId, Actor actor, CancellationToken ct)
    {
        if (_read.TryGetValue(targetId, out var known) && known.Round.Id == roundId) return known;
        var scope = await scopes.OfAsync(actor, GridPermissions.RecordVisits, ct);
        var target = await scope.Within(db.Set<Target>().AsNoTracking().Where(t => t.RoundId == roundId && t.TargetId == targetId)).SingleOrDefaultAsync(ct);
        if (target is null) return null;
        var round = await db.Doors().AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId, ct);
        if (round is null) return null;
        return (await FillAsync(round, [target], actor, ct))[0];
    }

    /// <summary>After a write in the same request: what was read before it is shown no more.</summary>
    public void Forget()
    {
        _read.Clear();
        _head = null;
    }

    private IQueryable<Target> Own(TargetScope scope, Guid round, Guid? cell) =>
        scope.Within(db.Set<Target>().AsNoTracking().Where(t => t.RoundId == round && (cell == null || t.CellId == cell)));

    private async Task<IReadOnlyList<Door>> FillAsync(Round round, List<Target> targets, Actor actor, CancellationToken ct)
    {
        var ids = targets.ConvertAll(t => t.TargetId);
        var homes = (await households.FindAsync(ids, ct)).ToDictionary(h => h.Id);
        var residents = (await households.ResidentsAsync(ids, withCare: true, ct)).ToLookup(r => r.HouseholdId);
        var deciders = targets.Where(t => t.DecidedBy is not null).Select(t => t.DecidedBy.GetValueOrDefault()).ToList();
        var facts = await db.Set<OutcomeFact>().AsNoTracking().Where(o => deciders.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        var cells = await responsible.ReadAsync(ct);
        var members = await MembersAsync(targets, ct);

        foreach (var target in targets)
        {
            var fact = target.DecidedBy is { } by ? facts.GetValueOrDefault(by) : null;
            _read[target.TargetId] = new Door(
                round, target, cells[target.CellId], homes.GetValueOrDefault(target.TargetId), [.. residents[target.TargetId]],
                fact, VisitDetail.Unseal(fact?.Detail, box), members.GetValueOrDefault(target.TargetId) ?? cells[target.CellId].Captain);
        }
        if (residents.SelectMany(r => r).Any(r => r.Care.Count > 0))
        {
            db.Record(actor, "grid.care.seen", "round", round.Id, "door-knock", new { households = targets.Count });
            await db.CommitAsync(ct);
        }
        return [.. targets.Select(t => _read[t.TargetId])];
    }

    /// <summary>包户 before 包单元; without either the captain answers.</summary>
    private async Task<Dictionary<Guid, string>> MembersAsync(List<Target> targets, CancellationToken ct)
    {
        var subjects = targets.Select(t => t.TargetId).Concat(targets.Select(t => t.PlaceId)).Distinct().ToList();
        var taken = await db.Set<Responsibility>().AsNoTracking()
            .Where(r => r.Until == null && r.Mode != ResponsibilityMode.Person && subjects.Contains(r.TargetId)).ToListAsync(ct);
        if (taken.Count == 0) return [];
        var names = (await persons.FindAsync([.. taken.Select(r => r.MemberId).Distinct()], ct)).ToDictionary(p => p.Id, p => p.Name);
        var bySubject = taken.ToDictionary(r => r.TargetId, r => names.GetValueOrDefault(r.MemberId));
        var found = new Dictionary<Guid, string>();
        foreach (var target in targets)
        {
            if ((bySubject.GetValueOrDefault(target.TargetId) ?? bySubject.GetValueOrDefault(target.PlaceId)) is { } name) found[target.TargetId] = name;
        }
        return found;
    }
}
