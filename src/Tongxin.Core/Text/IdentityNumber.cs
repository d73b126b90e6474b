using System.Globalization;
using Tongxin.Core.Common;

namespace Tongxin.Core.Text;

/// <summary>
/// A resident identity number of 18 characters after GB 11643-1999, proven by its check character. Its text form is masked; the whole
/// number is in <see cref="Value"/> only, so that it does not slip into a log.
/// </summary>
public readonly record struct IdentityNumber
{
    private const int Length = 18;
    private const int OldLength = 15;
    private const int OldestAge = 130;
    private const string CheckCharacters = "10X98765432";
    private static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    private IdentityNumber(string value, DateOnly birthDate) => (Value, BirthDate) = (value, birthDate);

    /// <summary>18 characters, the last a digit or upper-case X.</summary>
    public string Value { get; }

    /// <summary>Digits 7 to 14.</summary>
    public DateOnly BirthDate { get; }

    /// <summary>Odd 17th digit: male; even: female.</summary>
    public Sex Sex => (Value[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    /// <summary>The six digits of the place of first registration (GB/T 2260), such as 610112.</summary>
    public string Region => Value[..6];

    /// <summary>
    /// Reads a number in any width, case and spacing; one of 15 digits (before 1999) is completed. Refusals: <c>text.id.empty</c>;
    /// <c>text.id.damaged</c> when a spreadsheet has lost digits (6.10112E+17, or more than 15 digits that came as a number, or 18
    /// ending in 000 with a wrong check); <c>text.id.length</c>; <c>text.id.birthdate</c> when the date does not exist or lies after
    /// <paramref name="today"/> or more than 130 years before it; <c>text.id.checksum</c>.
    /// </summary>
    /// <param name="text">The cell as typed.</param>
    /// <param name="today">The campus day on which the number is read.</param>
    /// <param name="cameAsNumber">True when the cell of the workbook held a number and not text: such a cell keeps 15 digits only.</param>
    public static Result<IdentityNumber> Parse(string? text, DateOnly today, bool cameAsNumber = false)
    {
        var number = Digits.Compact(text);
        if (number.Length == 0) return Error.Invalid("text.id.empty");
        if (IsDamaged(number, cameAsNumber)) return Error.Invalid("text.id.damaged");
        if (number.Length is not (Length or OldLength) || !Digits.All(number.AsSpan(0, number.Length - 1)) || !IsLast(number)) return Error.Invalid("text.id.length", number.Length);
        if (number.Length == OldLength) number = Complete(number);
        var isChecked = number[^1] == CheckCharacter(number);
        if (!isChecked && number.EndsWith("000", StringComparison.Ordinal)) return Error.Invalid("text.id.damaged");
        if (!DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth)
            || birth > today || birth.Year < today.Year - OldestAge) return Error.Invalid("text.id.birthdate", number.Substring(6, 8));
        return isChecked ? new IdentityNumber(number, birth) : Error.Invalid("text.id.checksum");
    }

    /// <summary>The last character that belongs to the first 17 digits (ISO 7064, MOD 11-2).</summary>
    public static char CheckCharacter(ReadOnlySpan<char> number)
    {
        if (number.Length < Weights.Length || !Digits.All(number[..Weights.Length])) throw new ArgumentException("Seventeen digits are needed.", nameof(number));
        var sum = 0;
        for (var at = 0; at < Weights.Length; at++) sum += (number[at] - '0') * Weights[at];
        return CheckCharacters[sum % CheckCharacters.Length];
    }

    /// <summary>Masked: one character, stars, four characters.</summary>
    public override string ToString() => Mask.Identity(Value);

    private static string Complete(string old)
    {
        var seventeen = string.Concat(old.AsSpan(0, 6), "19", old.AsSpan(6));
        return seventeen + CheckCharacter(seventeen);
    }

    private static bool IsLast(string number) => char.IsAsciiDigit(number[^1]) || (number[^1] == 'X' && number.Length == Length);

    private static bool IsDamaged(string number, bool cameAsNumber)
    {
        if (Digits.IsScientific(number)) return true;
        var point = number.IndexOf('.', StringComparison.Ordinal);
        if (point > 0 && Digits.All(number.AsSpan(0, point)) && Digits.All(number.AsSpan(point + 1))) return true;
        return cameAsNumber && number.Length > OldLength && Digits.All(number);
    }
}
