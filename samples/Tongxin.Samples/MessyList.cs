namespace Tongxin.Samples;

public enum MessyKind
{
    MixedDate,
    NumberPhone,
    FullWidthDigits,
    SpacedIdentityNumber,
    LowerCaseCheckLetter,
    DamagedIdentityNumber,
    WrongCheckDigit,
    ImpossibleDate,
    PhoneWithLetter,
    MissingRoom,
    ExactDuplicate,
    NearDuplicate,
    ZeroWidthName,
    TraditionalName,
    MiddleDotName,
    RareCharacterName,
    LongName,
    OneCharacterName,
    FormulaName,
    InlinePinyinNote,
    BlankRow,
    TotalLine,
    TrailingNote,
}

/// <summary>What an import must make of it.</summary>
public enum MessyOutcome
{
    /// <summary>Accepted, and read as what was meant.</summary>
    Cleaned,

    /// <summary>Accepted, and stored exactly as it stands, strange as it looks.</summary>
    Kept,

    /// <summary>The row is refused with the code.</summary>
    Rejected,

    /// <summary>The person is in the file already.</summary>
    Duplicate,

    /// <summary>No row of the register: neither in nor out.</summary>
    Ignored,
}

/// <param name="Row">As Excel numbers it.</param>
/// <param name="Address">The cell, such as "J17".</param>
/// <param name="Code">Of the refusal.</param>
public sealed record MessyDefect(int Row, string Address, MessyKind Kind, MessyOutcome Outcome, string? Code = null);

/// <summary>All that is wrong in a messy workbook, so that an import can be held to it.</summary>
/// <param name="HeaderRow">The row with one header a column; a row of group headers stands above it.</param>
/// <param name="RowsIn">Rows of the register: <paramref name="Accepted"/> + <paramref name="Rejected"/> + <paramref name="Duplicates"/>.</param>
/// <param name="EmptyFlats">Accepted rows without a person, for a flat that stands empty.</param>
public sealed record MessyList(int HeaderRow, int RowsIn, int Accepted, int Rejected, int Duplicates, int Ignored, int EmptyFlats, IReadOnlyList<MessyDefect> Defects)
{
    public int PersonsAccepted => Accepted - EmptyFlats;
}
