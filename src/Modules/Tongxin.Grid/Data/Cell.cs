using Tongxin.Grid.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Data;

/// <summary>A cell of the grid (网格): the households one team answers for. Every household is in exactly one.</summary>
internal sealed class Cell : IVersioned
{
    /// <summary>The reserve: where the database itself puts a new household until somebody answers for it. Always a gap on the coverage map.</summary>
    public static readonly Guid ReserveId = new("00000000-0000-7000-8000-000000000001");

    private Cell() { }

    public Guid Id { get; private set; }

    /// <summary>网格编号, shown and printed: "G-07".</summary>
    public string Number { get; private set; } = "";
    public string Name { get; private set; } = "";
    public Guid? TeamId { get; private set; }
    public bool IsReserve { get; private set; }
    public string SortKey { get; private set; } = "";

    /// <summary>When it was merged or dissolved. The row stays: closed rounds name it, and its number is never used again.</summary>
    public DateTimeOffset? EndedAt { get; private set; }
    public int Version { get; private set; }

    public static Cell Cut(string number, string name, string sortKey) => new() { Id = Ids.New(), Number = number, Name = name, SortKey = sortKey };

    public void Rename(string number, string name) => (Number, Name) = (number, name);

    public void GiveTo(Guid? team) => TeamId = team;

    public void PlaceAt(string sortKey) => SortKey = sortKey;

    /// <param name="at">Now.</param>
    /// <param name="heir">The team that goes on with what running rounds have frozen under this cell; null: nobody, a gap.</param>
    public void End(DateTimeOffset at, Guid? heir) => (EndedAt, TeamId) = (at, heir);
}

/// <summary>Which cell a household is in. The household is the key: it cannot be in two; a trigger sees that it is in one.</summary>
internal sealed class CellHousehold
{
    private CellHousehold() { }

    public Guid HouseholdId { get; private set; }
    public Guid CellId { get; private set; }

    /// <summary>Where the register says it stands; triggers keep it so. Here too, so that cells are counted by entrance without reading every door.</summary>
    public Guid PlaceId { get; private set; }
}

/// <summary>The cell that new households of a place go to.</summary>
internal sealed class CellPlace
{
    private CellPlace() { }

    public Guid PlaceId { get; private set; }
    public Guid CellId { get; private set; }

    public static CellPlace Of(Guid place, Guid cell) => new() { PlaceId = place, CellId = cell };

    public void MoveTo(Guid cell) => CellId = cell;
}

/// <summary>Who in the team answers for what: 包单元, 包户, 包人.</summary>
internal sealed class Responsibility
{
    private Responsibility() { }

    public Guid Id { get; private set; }
    public Guid CellId { get; private set; }
    public ResponsibilityMode Mode { get; private set; }

    /// <summary>A place, a household or a person, by mode.</summary>
    public Guid TargetId { get; private set; }
    public Guid MemberId { get; private set; }
    public DateOnly From { get; private set; }
    public DateOnly? Until { get; private set; }

    public static Responsibility Take(Guid cell, ResponsibilityMode mode, Guid target, Guid member, DateOnly from) => new()
    {
        Id = Ids.New(),
        CellId = cell,
        Mode = mode,
        TargetId = target,
        MemberId = member,
        From = from,
    };

    public void End(DateOnly day) => Until = day < From ? From : day;

    public void Reassign(Guid member) => MemberId = member;
}
