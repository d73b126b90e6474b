using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.OpenRound;

/// <summary>What the office asks for. No places and no cells: the whole installation.</summary>
/// <param name="StartedAt">When it began, for a round that was started on paper and is entered later; null: now.</param>
internal sealed record OpenRoundRequest(string Title, DateTimeOffset DueAt, IReadOnlyList<Guid> Places, IReadOnlyList<Guid> Cells, DateTimeOffset? StartedAt = null);

/// <summary>The new round.</summary>
internal sealed record OpenRoundResult(Guid Id, string Number, int Targets);

/// <summary>Opens a door-knock round: freezes which households it asks about and which cell answers for each.</summary>
internal sealed class OpenRound(TongxinDb db, TimeProvider clock, IHouseholds households, IPlaces places, FreezeRound freeze)
{
    /// <summary>Three times nobody there is no longer the captain's alone: the office takes it up.</summary>
    private static readonly RoundPolicy Policy = RoundPolicy.DoorKnock with { EscalateTo = RoundReviewer.Office };

    public async Task<Result<OpenRoundResult>> ExecuteAsync(OpenRoundRequest request, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (freeze.Check(request.Title, request.DueAt, null) is { IsFailure: true } refused) return refused.Error;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var chosen = await ChooseAsync(request, actor, ct);
        if (chosen.Count == 0) return GridErrors.RoundEmpty();
        var cells = await db.Set<CellHousehold>().AsNoTracking().ToDictionaryAsync(c => c.HouseholdId, c => c.CellId, ct);
        var round = await freeze.ExecuteAsync(
            new RoundFacts(RoundKind.DoorKnock, request.Title, Policy, request.DueAt, request.StartedAt < now ? request.StartedAt : null),
            [.. chosen.Select(h => new Frozen(TargetKind.Household, h.Id, cells[h.Id], h.PlaceId, h.PlacePath, h.Label, h.SortKey))], actor, ct);
        await transaction.CommitAsync(ct);
        return new OpenRoundResult(round.Id, round.Number, chosen.Count);
    }

    private async Task<IReadOnlyList<HouseholdView>> ChooseAsync(OpenRoundRequest request, Actor actor, CancellationToken ct)
    {
        var all = await households.ListAsync(null, ct);
        var scope = actor.ScopeOf(GridPermissions.OpenRounds);
        var paths = (await places.ListAsync(ct)).ToDictionary(p => p.Id, p => p.Path);
        if (!scope.Everything) all = [.. all.Where(h => Lies(h, scope.Places))];
        if (request.Places.Count == 0 && request.Cells.Count == 0) return all;
        var inCells = (await db.Set<CellHousehold>().AsNoTracking()
            .Where(c => request.Cells.Contains(c.CellId)).Select(c => c.HouseholdId).ToListAsync(ct)).ToHashSet();
        return [.. all.Where(h => inCells.Contains(h.Id) || Lies(h, request.Places))];

        bool Lies(HouseholdView h, IReadOnlyList<Guid> within) =>
            within.Any(id => paths.TryGetValue(id, out var path) && h.PlacePath.StartsWith(path, StringComparison.Ordinal));
    }
}
