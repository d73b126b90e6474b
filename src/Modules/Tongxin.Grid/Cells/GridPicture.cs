using Tongxin.Grid.Contracts;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.Cells;

/// <summary>The smallest thing that is given to a cell as a whole: an entrance, or a building without entrances.</summary>
/// <param name="CellId">The cell that new households of it go to; null: the reserve.</param>
internal sealed record GridUnit(PlaceView Place, PlaceView? Building, Guid? CellId, int Households, int People)
{
    public Guid Id => Place.Id;

    public string BuildingName => Building?.Name ?? Place.Name;

    public Guid BuildingId => Building?.Id ?? Place.Id;

    /// <summary>"2单元"; empty for a building without entrances.</summary>
    public string Entrance => Building is null ? "" : Place.Name;

    public string Label => Building is null ? Place.Name : $"{Building.Name}{Place.Name}";
}

/// <summary>What a cell has of an entrance.</summary>
/// <param name="Owned">New households of the entrance come to this cell; otherwise its households here are exceptions.</param>
internal sealed record CellShare(GridUnit Unit, int Households, int People, bool Owned);

/// <summary>What is missing in a cell.</summary>
internal enum CoverGap
{
    None,

    /// <summary>A captain, but nobody who could step in.</summary>
    NoBackup,

    /// <summary>A team without a captain.</summary>
    NoCaptain,

    NoTeam,

    /// <summary>Households that no cell has yet.</summary>
    Reserve,
}

/// <summary>A cell with all that the pages say of it.</summary>
internal sealed record CellRow(Cell Cell, TeamView? Team, IReadOnlyList<CellShare> Shares, bool IsWhole)
{
    public Guid Id => Cell.Id;

    public int Households { get; } = Shares.Sum(s => s.Households);

    public int People { get; } = Shares.Sum(s => s.People);

    public int Exceptions { get; } = Shares.Where(s => !s.Owned).Sum(s => s.Households);

    public CoverGap Gap => Cell.IsReserve
        ? Households > 0 ? CoverGap.Reserve : CoverGap.None
        : Team is null ? CoverGap.NoTeam : Team.Captain is null ? CoverGap.NoCaptain : Team.HasBackup ? CoverGap.None : CoverGap.NoBackup;

    public CoverageLevel Level => Levels.Of(Gap);

    /// <summary>"1栋 1、2单元；2栋".</summary>
    public string Where => UnitNames.Of(Shares.Where(s => s.Owned).Select(s => s.Unit));
}

/// <summary>Gaps in the five signs of coverage.</summary>
internal static class Levels
{
    public static CoverageLevel Of(CoverGap gap) => gap switch
    {
        CoverGap.None => CoverageLevel.Full,
        CoverGap.NoBackup => CoverageLevel.Half,
        CoverGap.Reserve => CoverageLevel.None,
        _ => CoverageLevel.Low,
    };
}

/// <summary>Entrances in words, by building.</summary>
internal static class UnitNames
{
    public static string Of(IEnumerable<GridUnit> units) => string.Join("；", units
        .GroupBy(u => u.BuildingId)
        .Select(b => b.First().Entrance.Length == 0 ? b.First().BuildingName : $"{b.First().BuildingName} {Entrances([.. b.Select(u => u.Entrance)])}"));

    /// <summary>"1、2单元" instead of "1单元、2单元", when all end in the same word.</summary>
    private static string Entrances(IReadOnlyList<string> names)
    {
        const string Word = "单元";
        return names.All(n => n.EndsWith(Word, StringComparison.Ordinal))
            ? string.Join('、', names.Select(n => n[..^Word.Length])) + Word
            : string.Join('、', names);
    }
}

/// <summary>
/// The grid as the actor may see it, counted: a few hundred places, dozens of cells. The thousands of doors are not in it; the few who
/// need them one by one ask for <see cref="GridDoors"/>.
/// </summary>
internal sealed class GridPicture
{
    private readonly Dictionary<Guid, CellRow> _rows;
    private readonly ILookup<Guid, CellRow> _cellsOfUnit;

    public GridPicture(IReadOnlyList<GridUnit> units, IReadOnlyList<CellRow> cells, IReadOnlyList<TeamView> teams)
    {
        (Units, Cells, Teams) = (units, cells, teams);
        _rows = cells.ToDictionary(c => c.Id);
        Households = units.Sum(u => u.Households);
        _cellsOfUnit = cells.SelectMany(c => c.Shares.Where(s => s.Households > 0).Select(s => (s.Unit.Id, Row: c))).ToLookup(s => s.Id, s => s.Row);
        UnitsById = units.ToDictionary(u => u.Id);
    }

    public static GridPicture Empty { get; } = new([], [], []);

    /// <summary>In walking order.</summary>
    public IReadOnlyList<GridUnit> Units { get; }

    public IReadOnlyDictionary<Guid, GridUnit> UnitsById { get; }

    /// <summary>In order, the reserve last; ended ones are not there.</summary>
    public IReadOnlyList<CellRow> Cells { get; }

    /// <summary>Open teams.</summary>
    public IReadOnlyList<TeamView> Teams { get; }

    public int Households { get; }

    public CellRow? Find(Guid cell) => _rows.GetValueOrDefault(cell);

    public string NumberOf(Guid? cell) => cell is { } id && _rows.TryGetValue(id, out var row) ? row.Cell.Number : "";

    /// <summary>
    /// The cell of an entrance of which the worst can be said: one household without a captain is not hidden by its neighbours. Null:
    /// the entrance has no household and belongs to nobody.
    /// </summary>
    public CellRow? WorstOf(GridUnit unit) =>
        unit.Households > 0 ? _cellsOfUnit[unit.Id].MaxBy(c => c.Gap) : unit.CellId is { } own ? Find(own) : null;

    public CoverGap GapOf(GridUnit unit) => WorstOf(unit)?.Gap ?? CoverGap.None;
}
