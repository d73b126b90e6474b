using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.People.Data;

/// <summary>A flat or a dormitory room: the door that is knocked on. It stays when its people change.</summary>
internal sealed class Household : IVersioned
{
    private Household() { }

    public Guid Id { get; private set; }

    /// <summary>The smallest place that holds it: an entrance, or a building without entrances.</summary>
    public Guid PlaceId { get; private set; }

    /// <summary>Copy of the place's path, so that a scope is one prefix on this table.</summary>
    public string PlacePath { get; private set; } = "";

    public string RoomNumber { get; private set; } = "";

    /// <summary>As a captain says it: "3-2-101".</summary>
    public string Label { get; private set; } = "";

    public string SortKey { get; private set; } = "";
    public HouseholdKind Kind { get; private set; }
    public HousingUse Use { get; private set; }
    public int Version { get; private set; }

    public static Household Create(Place place, HouseholdKind kind, string roomNumber, string label, string sortKey, HousingUse use) => new()
    {
        Id = Ids.New(),
        PlaceId = place.Id,
        PlacePath = place.Path,
        RoomNumber = roomNumber,
        Label = label,
        SortKey = sortKey,
        Kind = kind,
        Use = use,
    };

    public void SetUse(HousingUse use) => Use = use;

    /// <summary>A correction of the address; the id, and with it every fact, stays.</summary>
    public void MoveTo(Place place, string roomNumber, string label, string sortKey) =>
        (PlaceId, PlacePath, RoomNumber, Label, SortKey) = (place.Id, place.Path, roomNumber, label, sortKey);
}
