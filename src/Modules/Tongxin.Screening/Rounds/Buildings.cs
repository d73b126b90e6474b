using Tongxin.People.Contracts;

namespace Tongxin.Screening.Rounds;

/// <summary>Lists of a round are by building, its roll by entrance.</summary>
internal static class Buildings
{
    /// <summary>The building of an entrance; any other place itself; null when it is not in the register.</summary>
    public static PlaceView? BuildingOf(this IReadOnlyDictionary<Guid, PlaceView> byId, Guid place)
    {
        var at = byId.GetValueOrDefault(place);
        return at is { Kind: PlaceKind.Entrance, ParentId: { } parent } ? byId.GetValueOrDefault(parent) : at;
    }
}
