using System.Buffers;
using Tongxin.Core.Common;

namespace Tongxin.Core.Text;

/// <summary>
/// A telephone number of the mainland in one form: mobile "13912348549", landline "029-88886666" or "029-88886666-801".
/// The text form is masked; the whole number is in <see cref="Value"/> only.
/// </summary>
public readonly record struct PhoneNumber
{
    private const int MobileLength = 11;
    private static readonly SearchValues<char> BetweenNumbers = SearchValues.Create("/、,;或\\");

    private PhoneNumber(string value, string tail, bool isMobile) => (Value, Tail, IsMobile) = (value, tail, isMobile);

    /// <summary>The canonical form, to store and compare.</summary>
    public string Value { get; }

    /// <summary>The last four digits of the number, without the extension: what people are found by at a desk.</summary>
    public string Tail { get; }

    /// <summary>True for 11 digits from 13 to 19: messages can be sent there.</summary>
    public bool IsMobile { get; }

    /// <summary>
    /// Reads blanks, dashes, brackets, full width, +86 / 0086 / 86 and an extension ("转801"). Refusals: <c>text.phone.empty</c>;
    /// <c>text.phone.damaged</c> (1.39E+10); <c>text.phone.several</c> (two numbers in one cell); <c>text.phone.foreign</c> (another
    /// country's code); <c>text.phone.area</c> (a landline without area code: which one is not guessed); <c>text.phone.length</c>;
    /// <c>text.phone.prefix</c> (11 digits from 10 to 12); <c>text.phone.characters</c>.
    /// </summary>
    public static Result<PhoneNumber> Parse(string? text)
    {
        var folded = TextFold.ForSearch(text);
        if (folded.Length == 0) return Error.Invalid("text.phone.empty");
        if (Digits.IsScientific(folded)) return Error.Invalid("text.phone.damaged");
        // A number cell read as text: eleven digits are held exactly, so the ending says nothing.
        if (folded.EndsWith(".0", StringComparison.Ordinal)) folded = folded[..^2];
        if (folded.AsSpan().IndexOfAny(BetweenNumbers) >= 0) return Error.Invalid("text.phone.several");
        var (main, extension) = CutExtension(folded);
        var digits = DigitsOf(main);
        if (digits is null || (extension.Length > 0 && (!Digits.All(extension) || extension.Length > 6))) return Error.Invalid("text.phone.characters");
        return Country(main, digits) is { } national ? Read(national, main, extension) : Error.Invalid("text.phone.foreign");
    }

    /// <summary>Masked: 139****8549.</summary>
    public override string ToString() => Mask.Phone(Value);

    private static Result<PhoneNumber> Read(string digits, string main, string extension)
    {
        if (digits.Length == MobileLength && digits[0] == '1')
        {
            if (digits[1] < '3') return Error.Invalid("text.phone.prefix");
            return extension.Length == 0 ? new PhoneNumber(digits, digits[^4..], isMobile: true) : Error.Invalid("text.phone.characters");
        }

        if (digits.Length >= 2 * MobileLength) return Error.Invalid("text.phone.several");
        if (digits[0] != '0') return Error.Invalid(digits.Length is 7 or 8 ? "text.phone.area" : "text.phone.length", digits.Length);
        return Landline(digits, main, extension);
    }

    private static Result<PhoneNumber> Landline(string digits, string main, string extension)
    {
        // Beijing and the 02x cities have three digits and eight after them, all others four and seven or eight.
        var area = digits.Length > 1 && (digits.StartsWith("010", StringComparison.Ordinal) || digits[1] == '2') ? 3 : 4;
        var local = digits.Length - area;
        if (extension.Length == 0 && local > 8 && main.LastIndexOf('-') is var dash && dash > 0)
        {
            extension = DigitsOf(main[(dash + 1)..]) ?? "";
            digits = digits[..^extension.Length];
            local = digits.Length - area;
        }

        var fits = area == 3 ? local == 8 : local is 7 or 8;
        if (!fits || extension.Length > 6) return Error.Invalid("text.phone.length", digits.Length);
        if (digits[1] < '2' && area == 4 || digits[area] is '0' or '1') return Error.Invalid("text.phone.area");
        var value = string.Concat(digits.AsSpan(0, area), "-", digits.AsSpan(area));
        return new PhoneNumber(extension.Length == 0 ? value : $"{value}-{extension}", digits[^4..], isMobile: false);
    }

    // The number without the country's code, or null when it is another country's.
    private static string? Country(string main, string digits)
    {
        var plus = main[0] == '+';
        if (plus) return digits.StartsWith("86", StringComparison.Ordinal) ? Trunk(digits[2..]) : null;
        if (digits.StartsWith("00", StringComparison.Ordinal)) return digits.StartsWith("0086", StringComparison.Ordinal) ? Trunk(digits[4..]) : null;
        if (digits.Length == MobileLength + 2 && digits.StartsWith("861", StringComparison.Ordinal)) return digits[2..];
        return digits.Length == MobileLength + 1 && digits.StartsWith("01", StringComparison.Ordinal) && digits[2] >= '3' ? digits[1..] : digits;
    }

    // Behind the country's code a landline loses its leading 0.
    private static string? Trunk(string digits) => digits.Length switch
    {
        0 => null,
        MobileLength when digits[0] == '1' && digits[1] >= '3' => digits,
        _ => digits[0] == '0' ? digits : "0" + digits,
    };

    private static (string Main, string Extension) CutExtension(string folded)
    {
        foreach (var mark in (ReadOnlySpan<string>)["转", "分机", "ext", "x", "#"])
        {
            var at = folded.IndexOf(mark, StringComparison.Ordinal);
            if (at > 0) return (folded[..at], folded[(at + mark.Length)..].Trim(' ', '.', ':', '-'));
        }

        return (folded, "");
    }

    private static string? DigitsOf(string text)
    {
        Span<char> digits = stackalloc char[32];
        var length = 0;
        foreach (var unit in text)
        {
            if (unit is ' ' or '-' or '(' or ')' or '+' or FoldTable.MiddleDot) continue;
            if (!char.IsAsciiDigit(unit) || length == digits.Length) return null;
            digits[length++] = unit;
        }

        return length == 0 ? null : digits[..length].ToString();
    }
}
