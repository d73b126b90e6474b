using System.Buffers;
using System.Collections.Frozen;
using Tongxin.Core.Common;

namespace Tongxin.Core.Text;

/// <summary>What paper a person proves to be themselves with.</summary>
public enum IdentityDocumentKind
{
    /// <summary>居民身份证.</summary>
    ResidentId = 1,

    /// <summary>护照, of any country.</summary>
    Passport = 2,

    /// <summary>港澳居民来往内地通行证: H or M and 8 or 10 digits.</summary>
    HongKongMacaoPermit = 3,

    /// <summary>台湾居民来往大陆通行证 (台胞证): 8 or 10 digits, which only a declared kind tells from other numbers.</summary>
    TaiwanPermit = 4,

    /// <summary>外国人永久居留身份证: 3 letters and 12 digits, or since 2023 18 digits that begin with 9.</summary>
    ForeignPermanentResident = 5,

    /// <summary>港澳台居民居住证: 18 digits that begin with 81, 82 or 83.</summary>
    HongKongMacaoTaiwanResident = 6,
}

/// <summary>A document and its number, normalised: half width, upper case, no blanks or dashes. The text form is masked.</summary>
/// <param name="Kind">Which document.</param>
/// <param name="Number">The whole number.</param>
public sealed record IdentityDocument(IdentityDocumentKind Kind, string Number)
{
    private static readonly SearchValues<char> OfResidentNumbers = SearchValues.Create("0123456789.X");

    private static readonly FrozenDictionary<string, IdentityDocumentKind> Names = new Dictionary<string, IdentityDocumentKind>(StringComparer.Ordinal)
    {
        ["身份证"] = IdentityDocumentKind.ResidentId,
        ["居民身份证"] = IdentityDocumentKind.ResidentId,
        ["二代身份证"] = IdentityDocumentKind.ResidentId,
        ["护照"] = IdentityDocumentKind.Passport,
        ["外国护照"] = IdentityDocumentKind.Passport,
        ["passport"] = IdentityDocumentKind.Passport,
        ["港澳居民来往内地通行证"] = IdentityDocumentKind.HongKongMacaoPermit,
        ["港澳通行证"] = IdentityDocumentKind.HongKongMacaoPermit,
        ["回乡证"] = IdentityDocumentKind.HongKongMacaoPermit,
        ["台湾居民来往大陆通行证"] = IdentityDocumentKind.TaiwanPermit,
        ["台胞证"] = IdentityDocumentKind.TaiwanPermit,
        ["外国人永久居留身份证"] = IdentityDocumentKind.ForeignPermanentResident,
        ["外国人永久居留证"] = IdentityDocumentKind.ForeignPermanentResident,
        ["外国人永居证"] = IdentityDocumentKind.ForeignPermanentResident,
        ["永居证"] = IdentityDocumentKind.ForeignPermanentResident,
        ["港澳台居民居住证"] = IdentityDocumentKind.HongKongMacaoTaiwanResident,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kind that a column "证件类型" names, or null.</summary>
    public static IdentityDocumentKind? KindOf(string? name) => Names.TryGetValue(TextFold.ForSearch(name), out var kind) ? kind : null;

    /// <summary>
    /// Reads a number and tells its kind by its form. Where several kinds share a form (plain 8, 9 or 10 digits) the
    /// <paramref name="declared"/> kind decides and without it the answer is <c>text.id.unknown</c>: nothing is guessed. A declared kind
    /// that the form contradicts is also <c>text.id.unknown</c>. Long numbers are read as <see cref="IdentityNumber"/> with its refusals.
    /// </summary>
    /// <param name="text">The cell as typed.</param>
    /// <param name="today">The campus day on which the number is read.</param>
    /// <param name="declared">The kind the file names, if it does.</param>
    /// <param name="cameAsNumber">True when the cell of the workbook held a number and not text.</param>
    public static Result<IdentityDocument> Parse(string? text, DateOnly today, IdentityDocumentKind? declared = null, bool cameAsNumber = false)
    {
        var number = Digits.Compact(text);
        if (number.Length == 0) return Error.Invalid("text.id.empty");
        if (declared is { } kind && kind is not IdentityDocumentKind.ResidentId && Fits(kind, number)) return new IdentityDocument(kind, number);
        if (declared is IdentityDocumentKind.ResidentId || LooksResident(number)) return Resident(text, today, declared, cameAsNumber);
        if (declared is null && ByForm(number) is { } found) return new IdentityDocument(found, number);
        return Error.Invalid("text.id.unknown");
    }

    /// <summary>Kind and masked number.</summary>
    public override string ToString() => $"{Kind} {Mask.Identity(Number)}";

    private static Result<IdentityDocument> Resident(string? text, DateOnly today, IdentityDocumentKind? declared, bool cameAsNumber)
    {
        var parsed = IdentityNumber.Parse(text, today, cameAsNumber);
        if (parsed.IsFailure) return parsed.Error;
        var kind = KindByHead(parsed.Value.Value);
        return declared is null || declared == kind ? new IdentityDocument(kind, parsed.Value.Value) : Error.Invalid("text.id.unknown");
    }

    private static IdentityDocumentKind KindByHead(string number) => number[0] switch
    {
        '9' => IdentityDocumentKind.ForeignPermanentResident,
        '8' when number[1] is '1' or '2' or '3' => IdentityDocumentKind.HongKongMacaoTaiwanResident,
        _ => IdentityDocumentKind.ResidentId,
    };

    // More digits than any other document has, or the remains of a number: the resident reader says what is wrong with it.
    private static bool LooksResident(string number) =>
        Digits.IsScientific(number) || (number.Length > 10 && number.AsSpan().IndexOfAnyExcept(OfResidentNumbers) < 0);

    private static IdentityDocumentKind? ByForm(string number)
    {
        if (Fits(IdentityDocumentKind.HongKongMacaoPermit, number)) return IdentityDocumentKind.HongKongMacaoPermit;
        if (Fits(IdentityDocumentKind.ForeignPermanentResident, number)) return IdentityDocumentKind.ForeignPermanentResident;
        return char.IsAsciiLetterUpper(number[0]) && Fits(IdentityDocumentKind.Passport, number) ? IdentityDocumentKind.Passport : null;
    }

    private static bool Fits(IdentityDocumentKind kind, string number) => kind switch
    {
        IdentityDocumentKind.Passport => number.Length is >= 6 and <= 12 && number.All(char.IsAsciiLetterOrDigit) && number.Count(char.IsAsciiDigit) >= 4,
        IdentityDocumentKind.HongKongMacaoPermit => number[0] is 'H' or 'M' && number.Length is 9 or 11 && Digits.All(number.AsSpan(1)),
        IdentityDocumentKind.TaiwanPermit => number.Length is 8 or 10 && Digits.All(number),
        IdentityDocumentKind.ForeignPermanentResident => number.Length == 15 && number.AsSpan(0, 3).IndexOfAnyExceptInRange('A', 'Z') < 0 && Digits.All(number.AsSpan(3)),
        _ => false,
    };
}
