using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Text;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Grid.ReviewVisits;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Ledger;

/// <summary>One line of 《敲门行动台账》, as facts; words and masks come with the look.</summary>
internal sealed record LedgerLine(
    int Number, Target Target, string Building, string Entrance, string Room, HouseholdView? Home, IReadOnlyList<ResidentView> Residents,
    OutcomeFact? Decider, VisitDetail? Detail, string? Helper, string? Reviewer, string? Phone);

/// <summary>The ledger of a round within an actor's scope.</summary>
internal sealed record LedgerView(Round Round, IReadOnlyList<LedgerLine> Lines, int Total, bool IsUnmasked);

/// <summary>Reads the ledger: the own cells for a captain, all for the office. In the clear only with a second person's leave.</summary>
internal sealed class Ledger(
    TongxinDb db, VisitScope scopes, IHouseholds households, IPersons persons, IPlaces places, WhoSaw whoSaw, SecretBox box)
{
    /// <summary>Ids in one query.</summary>
    private const int Chunk = 1000;

    public async Task<Result<LedgerView>> ReadAsync(Guid roundId, int skip, int take, Actor actor, LedgerExport? leave, CancellationToken ct)
    {
        var round = await db.Doors().AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId, ct);
        if (round is null) return GridErrors.RoundUnknown();
        var scope = await scopes.OfAsync(actor, GridPermissions.ReadLedger, ct);
        var own = scope.Within(db.Set<Target>().AsNoTracking().Where(t => t.RoundId == roundId));
        var total = await own.CountAsync(ct);
        if (total == 0) return GridErrors.RoundUnknown();
        var targets = await own.OrderBy(t => t.SortKey).Skip(skip).Take(take).ToListAsync(ct);

        var names = (await places.ListAsync(ct)).ToDictionary(p => p.Id);
        var lines = new List<LedgerLine>(targets.Count);
        foreach (var part in targets.Chunk(Chunk)) lines.AddRange(await FillAsync(part, skip + lines.Count, names, ct));
        if (leave is not null) lines = await UnmaskAsync(lines, round, leave, actor, ct);
        return new LedgerView(round, lines, total, leave is not null);
    }

    private async Task<IEnumerable<LedgerLine>> FillAsync(Target[] targets, int before, Dictionary<Guid, PlaceView> names, CancellationToken ct)
    {
        var ids = targets.Select(t => t.TargetId).ToList();
        var homes = (await households.FindAsync(ids, ct)).ToDictionary(h => h.Id);
        var residents = (await households.ResidentsAsync(ids, withCare: true, ct)).ToLookup(r => r.HouseholdId);
        var deciders = targets.Where(t => t.DecidedBy is not null).Select(t => t.DecidedBy.GetValueOrDefault()).ToList();
        var facts = await db.Set<OutcomeFact>().AsNoTracking().Where(o => deciders.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        var who = await whoSaw.NamesAsync(facts.Values, targets.Where(t => t.ReviewedBy is not null).Select(t => t.ReviewedBy.GetValueOrDefault()), ct);
        return targets.Select((t, i) =>
        {
            var fact = t.DecidedBy is { } by ? facts.GetValueOrDefault(by) : null;
            var (building, entrance) = Address(t.PlaceId, names);
            return new LedgerLine(
                before + i + 1, t, building, entrance, t.Label[(t.Label.LastIndexOf('-') + 1)..], homes.GetValueOrDefault(t.TargetId), [.. residents[t.TargetId]],
                fact, VisitDetail.Unseal(fact?.Detail, box), fact is null ? null : who.Of(fact), t.ReviewedBy is { } reviewer ? who.OfAccount(reviewer) : null, null);
        });
    }

    private async Task<List<LedgerLine>> UnmaskAsync(List<LedgerLine> lines, Round round, LedgerExport leave, Actor actor, CancellationToken ct)
    {
        var heads = lines.Select(l => l.Residents.FirstOrDefault(r => r.PhoneMasked is not null)?.PersonId).OfType<Guid>().ToList();
        var phones = await persons.RevealPhonesAsync(heads, $"{round.Number}: {leave.Purpose}", actor, ct);
        return lines.ConvertAll(l => l with
        {
            Phone = l.Residents.FirstOrDefault(r => r.PhoneMasked is not null) is { } head ? phones.GetValueOrDefault(head.PersonId) : null,
        });
    }

    private static (string Building, string Entrance) Address(Guid placeId, Dictionary<Guid, PlaceView> names)
    {
        if (!names.TryGetValue(placeId, out var place)) return ("", "");
        return place is { Kind: PlaceKind.Entrance, ParentId: { } parent } && names.TryGetValue(parent, out var building) ? (building.Name, place.Name) : (place.Name, "");
    }
}
