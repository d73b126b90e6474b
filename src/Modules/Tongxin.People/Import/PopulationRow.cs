using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;

namespace Tongxin.People.Import;

/// <summary>One readable row: a person at an address, everything in canonical form; null means the file says nothing.</summary>
internal sealed record PopulationRow
{
    public required int Number { get; init; }
    public required string Name { get; init; }
    public required string NameFolded { get; init; }
    public required RoomAddress Room { get; init; }
    public string? Campus { get; init; }
    public Sex? Sex { get; init; }
    public DateOnly? BirthDate { get; init; }
    public (string Kind, string Number)? Document { get; init; }
    public string? Phone { get; init; }
    public Relation? Relation { get; init; }
    public PersonCategory? Category { get; init; }
    public string? PersonNumber { get; init; }
    public string? Unit { get; init; }
    public string? Class { get; init; }
    public HousingUse? Use { get; init; }
    public IReadOnlyList<CareKind> Care { get; init; } = [];
    public DateOnly? MovedIn { get; init; }
    public string? Note { get; init; }

    /// <summary>Cells with a word that is none of the answers: left out, and listed.</summary>
    public IReadOnlyList<UnclearCell> Unclear { get; init; } = [];
}

/// <summary>A cell that is not taken, though its row is.</summary>
internal sealed record UnclearCell(string Cell, string Text, Error Error);

/// <summary>What became of one row of the file before the register was asked.</summary>
internal abstract record RowReading(int Number)
{
    /// <summary>A person at an address.</summary>
    public sealed record Readable(PopulationRow Row) : RowReading(Row.Number);

    /// <summary>空置: a door without people; the household is registered all the same, for it is knocked on too.</summary>
    public sealed record EmptyFlat(int Number, RoomAddress Room, string? Campus, HousingUse Use) : RowReading(Number);

    /// <summary>Refused: which cell and why. <paramref name="Room"/> and <paramref name="NameFolded"/> are what could still be read.</summary>
    public sealed record Refused(int Number, string Cell, Error Error, string Shown, string? Room, string? NameFolded) : RowReading(Number);

    /// <summary>No person: a total, a remark below the table. Listed, never counted as a row of the roll.</summary>
    public sealed record Remark(int Number, string Shown) : RowReading(Number);
}
