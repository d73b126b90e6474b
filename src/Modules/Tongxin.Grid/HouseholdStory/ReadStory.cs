using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.HouseholdStory;

/// <summary>How a household stood in one round.</summary>
internal sealed record RoundLine(Round Round, Target Target);

/// <summary>Who answers for a household, and how its last rounds went.</summary>
internal sealed class ReadStory(TongxinDb db, VisitScope scopes, IResponsible responsible)
{
    /// <summary>The latest rounds are looked at; what came before stands in their ledgers.</summary>
    private const int Most = 6;

    public async Task<ResponsibleView?> ResponsibleAsync(Guid household, Actor actor, CancellationToken ct) =>
        actor.Can(GridPermissions.ReadCells) ? await responsible.OfAsync(household, ct) : null;

    /// <summary>Newest first; nothing outside the actor's scope.</summary>
    public async Task<IReadOnlyList<RoundLine>> RoundsAsync(Guid household, Actor actor, CancellationToken ct)
    {
        if (!actor.Can(GridPermissions.ReviewVisits)) return [];
        var scope = await scopes.OfAsync(actor, GridPermissions.ReviewVisits, ct);
        var rounds = await db.Doors().AsNoTracking().OrderByDescending(r => r.OpenedAt).Take(Most).ToListAsync(ct);
        var ids = rounds.ConvertAll(r => r.Id);
        var targets = await scope.Within(db.Set<Target>().AsNoTracking().Where(t => ids.Contains(t.RoundId) && t.TargetId == household))
            .ToDictionaryAsync(t => t.RoundId, ct);
        return [.. rounds.Where(r => targets.ContainsKey(r.Id)).Select(r => new RoundLine(r, targets[r.Id]))];
    }
}
