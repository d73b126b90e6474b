using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.People.Contracts;

/// <summary>Imports a population workbook in one transaction.</summary>
public interface IPopulationImport
{
    /// <summary>
    /// Reads the first sheet of an .xlsx, .xls or .csv file with guessed columns and writes what is new or changed.
    /// Importing the same file again changes nothing. Refusals: those of the file (<c>sheet.*</c>) and of the table
    /// (<c>import.no-name-column</c>, <c>people.import.no-room-column</c>); rows are refused one by one.
    /// </summary>
    Task<Result<ImportSummary>> ImportAsync(Stream file, string fileName, bool completeRoll, string? campus, Actor actor, CancellationToken ct);
}

/// <summary>What became of the rows: <c>RowsIn = New + Changed + Unchanged + Duplicates + Rejected</c>.</summary>
/// <param name="UnclearCells">Cells of accepted rows whose word is none of the answers; they were left out.</param>
public sealed record ImportSummary(
    int RowsIn, int New, int Changed, int Unchanged, int MovedOut, int Duplicates, int Rejected, IReadOnlyList<RejectedRow> RejectedRows,
    IReadOnlyList<RejectedRow> UnclearCells);

/// <summary>A refused row, or a cell left out: where, and the code of the reason.</summary>
public sealed record RejectedRow(int RowNumber, string? Cell, string Code);
