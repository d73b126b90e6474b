using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.Modules.Tests.Platform.Sheets;
using Tongxin.Platform.Sheets;
using Tongxin.Samples;
using Xunit;

namespace Tongxin.Modules.Tests.Samples;

public sealed class WorkbookTests
{
    private const int Name = 6;
    private const int Document = 9;
    private const int Birth = 10;
    private const int Phone = 11;

    private static readonly DemoPlace Qinyuan = DemoEstate.Qinyuan();

    [Fact]
    public void Population_Workbook_HasARowForEveryPersonAndEveryEmptyFlat()
    {
        using var stream = new MemoryStream();
        PopulationWorkbook.Write(stream, Qinyuan);

        var rows = SheetFiles.Rows(stream.ToArray());

        SheetFiles.Texts(rows[0]).ShouldBe(PopulationWorkbook.Headers);
        rows.Count.ShouldBe(1 + Qinyuan.Persons.Count + 90);
        rows.Skip(1).Select(row => (row[2].Text, row[3].Text, row[4].Text)).Distinct().Count().ShouldBe(1_500);
        rows.Skip(1).Where(row => row[Name].Text.Length > 0).Select(row => row[Document].Text).ShouldBe(Qinyuan.Persons.Select(person => person.DocumentNumber));
        rows[1].Cells[Document].Kind.ShouldBe(SheetCellKind.Text);
        rows[1].Cells[Birth].Kind.ShouldBe(SheetCellKind.Date);
    }

    [Fact]
    public void Population_AsCsv_HasTheSameRows()
    {
        using var stream = new MemoryStream();
        PopulationWorkbook.WriteCsv(stream, Qinyuan);

        SheetFiles.Rows(stream.ToArray(), "人口.csv").Count.ShouldBe(1 + Qinyuan.Persons.Count + 90);
    }

    [Fact]
    public void Messy_List_AccountsForEveryRowOfTheFile()
    {
        var (rows, list) = Messy();

        rows.Count.ShouldBe(list.HeaderRow + list.RowsIn + list.Ignored);
        list.RowsIn.ShouldBe(list.Accepted + list.Rejected + list.Duplicates);
        list.Rejected.ShouldBe(13);
        list.Duplicates.ShouldBe(5);
        list.Defects.Select(defect => defect.Kind).Distinct().ShouldBe(Enum.GetValues<MessyKind>(), ignoreOrder: true);
        list.Defects.Select(defect => defect.Row).Distinct().Count().ShouldBe(list.Defects.Count, "at most one thing is wrong in a row");
        rows.Skip(list.HeaderRow).Count(row => row.IsBlank).ShouldBe(list.Defects.Count(defect => defect.Kind == MessyKind.BlankRow));
    }

    [Fact]
    public void Messy_Cells_AreRefusedWithTheListedCodeOrReadAsMeant()
    {
        var (rows, list) = Messy();
        foreach (var defect in list.Defects.Where(defect => defect.Outcome is MessyOutcome.Cleaned or MessyOutcome.Rejected && defect.Kind != MessyKind.FormulaName))
        {
            var row = rows[defect.Row - 1];
            var column = Enumerable.Range(0, 21).Single(column => row.Address(column) == defect.Address);

            CodeOf(row, column).ShouldBe(defect.Code, $"{defect.Kind} in {defect.Address}: {row[column].Text}");
        }
    }

    [Fact]
    public void Messy_RowsNotListed_AreClean()
    {
        var (rows, list) = Messy();
        var listed = list.Defects.Select(defect => defect.Row).ToHashSet();
        foreach (var row in rows.Skip(list.HeaderRow).Where(row => !listed.Contains(row.Number) && row[Name].Text.Length > 0))
        {
            new[] { 4, Document, Birth, Phone }.Select(column => CodeOf(row, column)).ShouldAllBe(code => code == null);
        }
    }

    [Fact]
    public void Messy_Formula_IsRawInTheFile()
    {
        var (rows, list) = Messy();
        var formula = list.Defects.Single(defect => defect.Kind == MessyKind.FormulaName);

        rows[formula.Row - 1][Name].Text.ShouldStartWith("=HYPERLINK");
    }

    [Fact]
    public void Messy_Duplicates_RepeatAnEarlierIdentityNumber()
    {
        var (rows, list) = Messy();
        foreach (var twice in list.Defects.Where(defect => defect.Outcome == MessyOutcome.Duplicate))
        {
            var row = rows[twice.Row - 1];
            var first = rows.First(other => other[Document].Text == row[Document].Text);
            first.Number.ShouldBeLessThan(twice.Row);
            first.Cells.Skip(1).Take(5).SequenceEqual(row.Cells.Skip(1).Take(5)).ShouldBe(twice.Kind == MessyKind.ExactDuplicate);
        }
    }

    private static (List<SheetRow> Rows, MessyList List) Messy()
    {
        using var stream = new MemoryStream();
        var list = MessyWorkbook.Write(stream, Qinyuan);
        return (SheetFiles.Rows(stream.ToArray()), list);
    }

    /// <summary>What the readers of Core say to a cell; null when they can read it.</summary>
    private static string? CodeOf(SheetRow row, int column)
    {
        var cell = row[column];
        return column switch
        {
            4 => Code(RoomAddress.FromColumns(row[2].Text, row[3].Text, row[4].Text)),
            Document => Code(IdentityDocument.Parse(cell.Text, Qinyuan.Day, IdentityDocument.KindOf(row[8].Text), cell.Kind == SheetCellKind.Number)),
            Birth => Code(LooseDate.Parse(cell.Text, Qinyuan.Day)),
            Phone => cell.Text.Length == 0 ? null : Code(PhoneNumber.Parse(cell.Text)),
            _ => null,
        };
    }

    private static string? Code<T>(Result<T> read) => read.IsFailure ? read.Error.Code : null;
}
