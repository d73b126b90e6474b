namespace Tongxin.People.Import;

/// <summary>What the person at the desk decided about the file.</summary>
/// <param name="CompleteRoll">The file names everybody in its buildings, so whoever is missing has moved out.</param>
/// <param name="Campus">Name of the campus for rows that name none.</param>
internal sealed record ImportOptions(DateOnly Today, bool CompleteRoll, string? Campus, IReadOnlyDictionary<ImportField, int> Columns)
{
    /// <summary>"C17", when the field has a column.</summary>
    public string? Cell(ImportField field, int row) =>
        Columns.TryGetValue(field, out var column) ? Platform.Sheets.SheetAddress.Of(column, row) : null;
}
