using System.Globalization;
using Tongxin.Core.Text;
using Tongxin.Platform.Sheets;

namespace Tongxin.Samples;

internal sealed record MessyCell(int Column, MessyKind Kind, MessyOutcome Outcome, string? Code);

internal sealed record MessyRow(SheetValue[] Cells, DemoPerson? Person)
{
    public List<MessyCell> Defects { get; } = [];

    public bool IsEmptyFlat => Person is null;

    public bool Has(MessyOutcome outcome) => Defects.Exists(defect => defect.Outcome == outcome);
}

/// <summary>Spoils rows, each in one way, and remembers how.</summary>
internal sealed class Mess
{
    // Core reads bare numbers from 20000 on, which is October 1954.
    private const int OldestSerialYear = 1955;
    private const int Room = 4;
    private const int Name = 6;
    private const int Document = 9;
    private const int Birth = 10;
    private const int Phone = 11;
    private const int Remark = 20;

    // Simplified and Traditional forms of surnames.
    private const string Simplified = "张刘陈杨赵黄吴孙马罗郑谢韩冯萧许邓苏卢蒋贾叶余";
    private const string Traditional = "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭許鄧蘇盧蔣賈葉余";

    private readonly Dice _dice;
    private readonly List<MessyRow> _clean;

    public Mess(Dice dice, IEnumerable<(SheetValue[] Cells, DemoPerson? Person)> rows)
    {
        _dice = dice;
        Rows = [.. rows.Select(row => new MessyRow(row.Cells, row.Person))];
        _clean = [.. Rows.Where(row => !row.IsEmptyFlat)];
        _dice.Shuffle(_clean);
    }

    public List<MessyRow> Rows { get; }

    public void Spoil()
    {
        Reject(3, Document, MessyKind.DamagedIdentityNumber, "text.id.damaged", row => Damaged(row.DocumentNumber));
        Reject(3, Document, MessyKind.WrongCheckDigit, "text.id.checksum", row => WithWrongCheck(row.DocumentNumber));
        Reject(2, Birth, MessyKind.ImpossibleDate, "text.date.impossible", row => $"{row.BirthDate.Year}-02-30");
        Reject(2, Phone, MessyKind.PhoneWithLetter, "text.phone.characters", row => row.Phone![..^1] + "O", HasPhone);
        Reject(2, Room, MessyKind.MissingRoom, "text.room.room", _ => default);
        Repeat(3, MessyKind.ExactDuplicate);
        Repeat(2, MessyKind.NearDuplicate);
        Clean(4, Document, MessyKind.FullWidthDigits, row => FullWidth(row.DocumentNumber));
        Clean(3, Phone, MessyKind.FullWidthDigits, row => FullWidth(row.Phone!), HasPhone);
        Clean(3, Document, MessyKind.SpacedIdentityNumber, row => $"{row.DocumentNumber[..6]} {row.DocumentNumber[6..14]} {row.DocumentNumber[14..]}");
        Clean(2, Document, MessyKind.LowerCaseCheckLetter, row => row.DocumentNumber.Replace('X', 'x'), row => row.DocumentNumber.EndsWith('X'));
        Clean(4, Phone, MessyKind.NumberPhone, row => long.Parse(row.Phone!, CultureInfo.InvariantCulture), HasPhone);
        Clean(3, Name, MessyKind.ZeroWidthName, row => $"\uFEFF{row.Name[0]}\u200B{row.Name[1..]}\u00A0", row => !IsRare(row));
        Clean(2, Remark, MessyKind.InlinePinyinNote, _ => "已進(jìn)一步核實，，電話(huà)有變動");
        Keep(3, Name, MessyKind.TraditionalName, row => Traditional[Simplified.IndexOf(row.Name[0], StringComparison.Ordinal)] + row.Name[1..], row => Simplified.Contains(row.Name[0], StringComparison.Ordinal));
        Keep(2, Name, MessyKind.MiddleDotName, _ => "迪丽努尔·艾合买提");
        Keep(2, Name, MessyKind.RareCharacterName, row => row.Name[..1] + "\U00020BB7", row => !IsRare(row));
        Keep(1, Name, MessyKind.LongName, _ => "阿卜杜热合曼·阿卜杜克热木·玉素甫江·买买提明·吐尔逊尼亚孜");
        Keep(1, Name, MessyKind.OneCharacterName, row => row.Name[..1], row => !IsRare(row));
        Reject(1, Name, MessyKind.FormulaName, "import.name-formula", _ => "=HYPERLINK(\"http://example.com\",\"王小明\")");
        MixDates();
    }

    private void Reject(int times, int column, MessyKind kind, string code, Func<DemoPerson, SheetValue> value, Predicate<DemoPerson>? fits = null) =>
        Change(times, column, kind, MessyOutcome.Rejected, code, value, fits);

    private void Clean(int times, int column, MessyKind kind, Func<DemoPerson, SheetValue> value, Predicate<DemoPerson>? fits = null) =>
        Change(times, column, kind, MessyOutcome.Cleaned, null, value, fits);

    private void Keep(int times, int column, MessyKind kind, Func<DemoPerson, SheetValue> value, Predicate<DemoPerson>? fits = null) =>
        Change(times, column, kind, MessyOutcome.Kept, null, value, fits);

    private void Change(int times, int column, MessyKind kind, MessyOutcome outcome, string? code, Func<DemoPerson, SheetValue> value, Predicate<DemoPerson>? fits)
    {
        foreach (var row in Take(times, fits))
        {
            row.Cells[column] = value(row.Person!); // no empty flat among the clean
            row.Defects.Add(new(column, kind, outcome, code));
        }
    }

    /// <summary>The second row comes after the first, somewhere; a near duplicate lives behind another door.</summary>
    private void Repeat(int times, MessyKind kind)
    {
        foreach (var row in Take(times, null))
        {
            var copy = new MessyRow([.. row.Cells], row.Person);
            if (kind == MessyKind.NearDuplicate)
            {
                var other = Rows.First(candidate => candidate.Defects.Count == 0 && (candidate.Cells[2] != row.Cells[2] || candidate.Cells[3] != row.Cells[3] || candidate.Cells[Room] != row.Cells[Room]));
                other.Cells.AsSpan(1, Room).CopyTo(copy.Cells.AsSpan(1));
            }

            copy.Defects.Add(new(Name, kind, MessyOutcome.Duplicate, null));
            Rows.Insert(_dice.Between(Rows.IndexOf(row) + 1, Rows.Count), copy);
        }
    }

    private List<MessyRow> Take(int times, Predicate<DemoPerson>? fits)
    {
        var taken = _clean.Where(row => row.Person is { DocumentKind: IdentityDocumentKind.ResidentId } person && (fits is null || fits(person))).Take(times).ToList();
        taken.ForEach(row => _clean.Remove(row));
        return taken;
    }

    /// <summary>What is still clean keeps its content and loses its uniform date.</summary>
    private void MixDates()
    {
        var style = 0;
        foreach (var row in _clean)
        {
            if (row.Person?.BirthDate is { } birth && DateIn(style++ % 6, birth) is { } written)
            {
                row.Cells[Birth] = written;
                row.Defects.Add(new(Birth, MessyKind.MixedDate, MessyOutcome.Cleaned, null));
            }
        }
    }

    private static SheetValue? DateIn(int style, DateOnly day) => style switch
    {
        1 => $"{day.Year}.{day.Month}.{day.Day}",
        2 => $"{day.Year}年{day.Month}月{day.Day}日",
        3 => $"{day.Year}/{day.Month}/{day.Day}",
        4 => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        5 when day.Year >= OldestSerialYear => day.DayNumber - new DateOnly(1899, 12, 30).DayNumber, // the bare serial number, its format lost
        _ => null,
    };

    // Excel keeps 15 digits and fills up with zeros.
    private static SheetValue Damaged(string number) => decimal.Parse(number[..15], CultureInfo.InvariantCulture) * 1_000;

    private static string WithWrongCheck(string number) => number[..17] + (number[17] == '7' ? '8' : '7');

    private static string FullWidth(string text) => string.Concat(text.Select(letter => letter is >= '!' and <= '~' ? (char)(letter - '!' + '！') : letter));

    private static bool HasPhone(DemoPerson person) => person.Phone is not null;

    private static bool IsRare(DemoPerson row) => row.Name.Any(char.IsSurrogate) || row.Name.Contains('·', StringComparison.Ordinal);
}
