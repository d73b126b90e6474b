using System.Text;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Sheets;

namespace Tongxin.People.Import;

/// <summary>
/// Reads one row by the columns agreed on. Nothing is guessed: what cannot be read for certain refuses the row and names the
/// cell. A blank cell says nothing and refuses nothing, but for name and room. Only of category and use of the housing an unknown
/// word is left out, and said, instead: nobody goes without a knock at the door for it.
/// </summary>
internal sealed class RowReader(IReadOnlyDictionary<ImportField, int> columns, DateOnly today, IReadOnlyList<SheetRange> merged)
{
    private const int LongestName = 60;
    private static readonly string[] RemarkWords = ["合计", "总计", "共计", "小计", "制表", "填表", "审核", "说明", "备注", "注:", "total"];

    private readonly MergedCells _merged = new(merged);

    public RowReading Read(SheetRow row)
    {
        var name = TextFold.Clean(Cell(row, ImportField.Name).Text);
        if (LooksLikeRemark(row, name)) return new RowReading.Remark(row.Number, Shown(row));
        if (name.Length == 0) return WithoutName(row);
        if (FormulaGuard.IsSuspicious(FormulaGuard.Unguard(name))) return Refuse(row, ImportField.Name, ImportErrors.NameIsFormula);
        if (name.Length > LongestName || !name.EnumerateRunes().Any(Rune.IsLetter)) return Refuse(row, ImportField.Name, ImportErrors.NameUnreadable);

        var room = ReadRoom(row);
        if (room.IsFailure) return Refuse(row, RoomColumn(row), room.Error);

        var document = ReadDocument(row);
        if (document.IsFailure) return Refuse(row, ImportField.Document, document.Error, room.Value);
        var phone = Text(row, ImportField.Phone) is { } typedPhone ? PhoneNumber.Parse(typedPhone) : default(Result<PhoneNumber>?);
        if (phone is { IsFailure: true }) return Refuse(row, ImportField.Phone, phone.Value.Error, room.Value);
        var birth = ReadDate(row, ImportField.BirthDate);
        if (birth.IsFailure) return Refuse(row, ImportField.BirthDate, birth.Error, room.Value);
        var movedIn = ReadDate(row, ImportField.MovedIn);
        if (movedIn.IsFailure) return Refuse(row, ImportField.MovedIn, movedIn.Error, room.Value);
        if (birth.Value > today) return Refuse(row, ImportField.BirthDate, ImportErrors.BornLater, room.Value);

        var typedSex = Text(row, ImportField.Sex);
        var sex = LooseChoice.Sex(typedSex);
        if (sex is null && typedSex is not null) return Refuse(row, ImportField.Sex, ImportErrors.SexUnreadable, room.Value);
        var fromDocument = document.Value is { Kind: IdentityDocumentKind.ResidentId } id ? IdentityNumber.Parse(id.Number, today).Value : default(IdentityNumber?);
        if (sex is { } said && fromDocument is { } number && number.Sex != said) return Refuse(row, ImportField.Sex, ImportErrors.SexContradicts, room.Value);
        if (birth.Value is { } born && fromDocument is { } numbered && numbered.BirthDate != born) return Refuse(row, ImportField.BirthDate, ImportErrors.BirthContradicts, room.Value);

        var unclear = new List<UnclearCell>();
        var category = Choice(row, ImportField.Category, PersonCategoryWords.Read, ImportErrors.CategoryUnknown, unclear);
        var relation = Choice(row, ImportField.Relation, ImportWords.Relation, ImportErrors.RelationUnknown, unclear);
        var use = Choice(row, ImportField.Use, LooseChoice.HousingUse, ImportErrors.UseUnknown, unclear);
        if (ImportWords.Care(Text(row, ImportField.Care)) is not { } care) return Refuse(row, ImportField.Care, ImportErrors.CareUnknown, room.Value);

        return new RowReading.Readable(new PopulationRow
        {
            Number = row.Number,
            Name = name,
            NameFolded = TextFold.ForSearch(name),
            Room = room.Value,
            Campus = Text(row, ImportField.Campus) ?? room.Value.Place,
            Sex = sex ?? fromDocument?.Sex,
            BirthDate = birth.Value ?? fromDocument?.BirthDate,
            Document = document.Value is { } known ? (known.Kind.ToString(), known.Number) : null,
            Phone = phone?.Value.Value,
            Relation = relation,
            Category = category,
            PersonNumber = Text(row, ImportField.Number)?.ToUpperInvariant(),
            Unit = Text(row, ImportField.Unit),
            Class = Text(row, ImportField.Class),
            Use = use,
            Care = care,
            MovedIn = movedIn.Value,
            Note = Text(row, ImportField.Note),
            Unclear = unclear,
        });
    }

    /// <summary>One of a few answers. A word that is none of them must not refuse a person, nor get lost: it is listed.</summary>
    private T? Choice<T>(SheetRow row, ImportField field, Func<string?, T?> read, Error error, List<UnclearCell> unclear) where T : struct
    {
        var text = Text(row, field);
        var answer = read(text);
        if (text is not null && answer is null && !ImportWords.SaysNothing(text)) unclear.Add(new UnclearCell(row.Address(columns[field]), text, error));
        return answer;
    }

    /// <summary>A flat said to be empty has no name; anything else without one is refused.</summary>
    private RowReading WithoutName(SheetRow row)
    {
        if (LooseChoice.HousingUse(Text(row, ImportField.Use)) is not HousingUse.Vacant || !Cell(row, ImportField.Document).IsBlank)
            return Refuse(row, ImportField.Name, ImportErrors.NameMissing);
        var room = ReadRoom(row);
        return room.IsFailure
            ? Refuse(row, RoomColumn(row), room.Error)
            : new RowReading.EmptyFlat(row.Number, room.Value, Text(row, ImportField.Campus) ?? room.Value.Place, HousingUse.Vacant);
    }

    /// <summary>Name and room of a row for a list that people read: "3-2-101 王小明".</summary>
    public string Shown(SheetRow row)
    {
        var parts = columns.Where(c => c.Key is ImportField.Address or ImportField.Building or ImportField.Entrance or ImportField.Room or ImportField.Name)
            .OrderBy(c => c.Key is ImportField.Name ? 1 : 0).ThenBy(c => c.Value)
            .Select(c => row[c.Value].Text.Trim()).Where(t => t.Length > 0);
        var shown = string.Join(' ', parts);
        return shown.Length > 0 ? shown : string.Join(' ', row.Cells.Select(c => c.Text.Trim()).Where(t => t.Length > 0).Take(3));
    }

    private Result<RoomAddress> ReadRoom(SheetRow row) =>
        Text(row, ImportField.Address) is { } whole && Text(row, ImportField.Room) is null
            ? RoomAddress.Parse(whole)
            : RoomAddress.FromColumns(Text(row, ImportField.Building), Text(row, ImportField.Entrance), Text(row, ImportField.Room), Text(row, ImportField.Bed));

    private ImportField RoomColumn(SheetRow row)
    {
        if (!columns.ContainsKey(ImportField.Room)) return ImportField.Address;
        return columns.ContainsKey(ImportField.Building) && Text(row, ImportField.Building) is null ? ImportField.Building : ImportField.Room;
    }

    private Result<IdentityDocument?> ReadDocument(SheetRow row)
    {
        var cell = Cell(row, ImportField.Document);
        if (cell.IsBlank) return (IdentityDocument?)null;
        var declared = Text(row, ImportField.DocumentKind) is { } kind ? IdentityDocument.KindOf(kind) : null;
        var parsed = IdentityDocument.Parse(cell.Text, today, declared, cell.Kind == SheetCellKind.Number);
        return parsed.IsFailure ? parsed.Error : parsed.Value;
    }

    private Result<DateOnly?> ReadDate(SheetRow row, ImportField field)
    {
        var cell = Cell(row, field);
        if (cell.IsBlank) return default(DateOnly?);
        if (cell.Date is { } date) return (DateOnly?)date;
        var parsed = LooseDate.Parse(cell.Text, today);
        return parsed.IsFailure ? parsed.Error : (DateOnly?)parsed.Value;
    }

    private string? Text(SheetRow row, ImportField field)
    {
        var clean = TextFold.Clean(Cell(row, field).Text);
        return clean.Length == 0 ? null : clean;
    }

    private SheetCell Cell(SheetRow row, ImportField field)
    {
        if (!columns.TryGetValue(field, out var column)) return SheetCell.Empty;
        return field is ImportField.Campus or ImportField.Building or ImportField.Entrance or ImportField.Room or ImportField.Address
            ? _merged.Of(row, column)
            : row[column];
    }

    /// <summary>
    /// No number of any kind in it, and either a word of totals and signatures outside the note, or hardly anything at all.
    /// </summary>
    private bool LooksLikeRemark(SheetRow row, string name)
    {
        if (!Cell(row, ImportField.Document).IsBlank || !Cell(row, ImportField.Phone).IsBlank || !Cell(row, ImportField.Number).IsBlank) return false;
        var note = columns.GetValueOrDefault(ImportField.Note, -1);
        var filled = Enumerable.Range(0, row.Cells.Count).Where(c => c != note && !row[c].IsBlank).Select(c => TextFold.ForSearch(row[c].Text)).ToList();
        return filled.Exists(text => RemarkWords.Any(w => text.StartsWith(w, StringComparison.Ordinal)))
            || (name.Length == 0 && filled.Count <= 2 && Cell(row, ImportField.Room).IsBlank && Cell(row, ImportField.Address).IsBlank);
    }

    private RowReading.Refused Refuse(SheetRow row, ImportField field, Error error, RoomAddress? room = null) =>
        new(row.Number, columns.TryGetValue(field, out var column) ? row.Address(column) : row.Address(0), error, Shown(row),
            room?.Label, TextFold.ForSearch(Cell(row, ImportField.Name).Text) is { Length: > 0 } name ? name : null);
}
