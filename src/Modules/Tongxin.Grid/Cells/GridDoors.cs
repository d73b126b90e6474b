using Tongxin.Grid.Data;
using Tongxin.People.Contracts;

namespace Tongxin.Grid.Cells;

/// <summary>Doors one by one with the cell each is in, as far as they lie in the picture they were asked for.</summary>
internal sealed class GridDoors(IReadOnlyList<DoorView> doors, IReadOnlyDictionary<Guid, Guid> cellOf)
{
    private readonly Dictionary<Guid, DoorView> _byId = doors.ToDictionary(d => d.Id);
    private readonly ILookup<Guid, DoorView> _byUnit = doors.ToLookup(d => d.PlaceId);

    public IReadOnlyList<DoorView> All => doors;

    /// <summary>In natural order.</summary>
    public IEnumerable<DoorView> Of(GridUnit unit) => _byUnit[unit.Id];

    /// <summary>Those of an entrance that are in a cell, in natural order.</summary>
    public IReadOnlyList<DoorView> Of(GridUnit unit, Guid cell) => [.. _byUnit[unit.Id].Where(d => CellOf(d.Id) == cell)];

    public DoorView? Find(Guid household) => _byId.GetValueOrDefault(household);

    public Guid CellOf(Guid household) => cellOf.GetValueOrDefault(household, Cell.ReserveId);

    /// <summary>The door, if it is in this cell.</summary>
    public DoorView? FindIn(Guid household, Guid cell) => Find(household) is { } door && CellOf(household) == cell ? door : null;
}
