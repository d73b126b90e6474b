using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Data;

/// <summary>
/// A household's address was corrected to a place of another cell, and the household went there. Both facts stay; the office
/// looks at it, because the captain of the old cell may have been at the door meanwhile.
/// </summary>
internal sealed class CellConflict : IVersioned
{
    private CellConflict() { }

    public Guid Id { get; private set; }
    public Guid HouseholdId { get; private set; }
    public Guid FromCellId { get; private set; }
    public Guid ToCellId { get; private set; }
    public Guid FromPlaceId { get; private set; }
    public Guid ToPlaceId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }
    public Guid? SettledBy { get; private set; }
    public int Version { get; private set; }

    public static CellConflict Note(Guid household, Guid fromCell, Guid toCell, Guid fromPlace, Guid toPlace, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        HouseholdId = household,
        FromCellId = fromCell,
        ToCellId = toCell,
        FromPlaceId = fromPlace,
        ToPlaceId = toPlace,
        At = at,
    };

    public void Settle(Guid by, DateTimeOffset at) => (SettledAt, SettledBy) = (at, by);
}
