namespace Tongxin.Core.Text;

/// <summary>Small questions about digits that several readers ask.</summary>
internal static class Digits
{
    internal static bool All(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>Half width, upper case, without blanks, dashes and invisible characters: the form in which numbers are read.</summary>
    internal static string Compact(string? text)
    {
        var clean = TextFold.Clean(text);
        Span<char> compact = clean.Length <= 64 ? stackalloc char[clean.Length] : new char[clean.Length];
        var length = 0;
        foreach (var unit in clean)
        {
            var folded = FoldTable.Units[unit];
            if (folded is FoldTable.Drop or ' ' or '-') continue;
            compact[length++] = folded < 0x80 ? char.ToUpperInvariant(folded) : unit;
        }

        compact = compact[..length];
        return compact.SequenceEqual(clean) ? clean : compact.ToString();
    }

    /// <summary>"6.10112E+17": how a spreadsheet shows, and a CSV file keeps, a number too long for it.</summary>
    internal static bool IsScientific(ReadOnlySpan<char> text)
    {
        var exponent = text.IndexOfAny('E', 'e');
        if (exponent < 1) return false;
        var mantissa = text[..exponent];
        var power = text[(exponent + 1)..];
        var point = mantissa.IndexOf('.');
        var isNumber = point < 0 ? All(mantissa) && power.StartsWith("+") : All(mantissa[..point]) && All(mantissa[(point + 1)..]);
        return isNumber && All(power.TrimStart('+')) && power.Length <= 4;
    }
}
