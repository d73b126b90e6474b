using Tongxin.Grid.Data;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.RecordVisit;

/// <summary>Records what a helper or the office found out, within the own cells.</summary>
internal sealed class RecordOutcomes(OutcomeWriter writer, VisitScope scopes)
{
    /// <summary>The most that one request may carry: a phone that was off the network for a day has fewer.</summary>
    public const int MostItems = 2000;

    public async Task<IReadOnlyList<ItemAnswer>> ExecuteAsync(IReadOnlyList<OutcomeItem> items, Actor actor, CancellationToken ct)
    {
        var scope = await scopes.OfAsync(actor, GridPermissions.RecordVisits, ct);
        return await writer.WriteAsync(items, scope.AdmitsDoor, actor, ct);
    }
}
