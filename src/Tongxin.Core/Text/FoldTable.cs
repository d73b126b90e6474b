using System.Globalization;
using System.Text;

namespace Tongxin.Core.Text;

/// <summary>
/// What each UTF-16 unit becomes when text is folded for search. Every entry is final: folding a folded unit changes nothing,
/// which is what makes <see cref="TextFold.ForSearch"/> idempotent.
/// </summary>
internal static class FoldTable
{
    internal const char Drop = '\0';
    internal const char MiddleDot = '·';

    // The folded form is a pair of units: look into ToPair.
    internal const char Paired = '\uFFFF';

    internal static readonly Dictionary<int, Rune> Simplified = Tables.Simplified().ToDictionary(p => p.From.Value, p => p.To);

    internal static readonly char[] Units = Build(Simplified);

    /// <summary>True for a letter that carries a mark ("ì"), which is how inline pinyin is told from an ordinary remark.</summary>
    internal static bool IsMarkedLatin(char unit) => unit is >= '\u00C0' and <= '\u024F' or >= '\u1E00' and <= '\u1EFF';

    internal static bool IsCombiningMark(char unit) => unit is >= '\u0300' and <= '\u036F';

    internal static bool IsDot(char unit) => unit is '·' or '•' or '‧' or '∙' or '⋅' or '・' or '･' or '᛫' or '⸱' or '\u0387';

    /// <summary>Chinese characters and everything outside the first plane: no blank is needed beside them.</summary>
    internal static bool IsWide(char unit) =>
        unit is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF' or '\u3005' or '\u3007' or >= '\u2E80' and <= '\u2FDF' or >= '\uF900' and <= '\uFAFF'
        || char.IsSurrogate(unit);

    // The dictionary is passed in and no static is read: inside the type initialiser each such read is slow.
    private static char[] Build(Dictionary<int, Rune> simplified)
    {
        var units = new char[0x10000];
        for (var unit = 0; unit < units.Length; unit++) units[unit] = IsWide((char)unit) ? (char)unit : One((char)unit);
        foreach (var (from, to) in simplified)
            if (from < units.Length) units[from] = to.IsBmp ? (char)to.Value : Paired;
        return units;
    }

    private static char One(char unit)
    {
        if (unit is '\uFFFE' or '\uFFFF' || IsCombiningMark(unit)) return Drop;
        if (unit is >= '\uFF01' and <= '\uFF5E') unit = (char)(unit - 0xFEE0);
        if (IsDot(unit)) return MiddleDot;
        if (IsDash(unit)) return '-';
        if (unit < 0x80) return Ascii(unit);
        return char.GetUnicodeCategory(unit) switch
        {
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
            UnicodeCategory.Control => unit == '\u0085' ? ' ' : Drop,
            UnicodeCategory.Format => Drop,
            _ when Invisible.IsFiller(unit) || unit is >= '\uFE00' and <= '\uFE0F' => Drop,
            _ => Letter(unit),
        };
    }

    private static char Ascii(char unit) => unit switch
    {
        '\t' or '\n' or '\v' or '\f' or '\r' => ' ',
        < ' ' or '\u007F' => Drop,
        _ => char.ToLowerInvariant(unit),
    };

    // Lower case and without marks. The order matters for signs such as the angstrom, whose lower case carries a mark.
    private static char Letter(char unit)
    {
        var lower = char.ToLowerInvariant(unit);
        if (IsMarkedLatin(lower)) lower = char.ToLowerInvariant(lower.ToString().Normalize(NormalizationForm.FormD)[0]);
        return char.ToLowerInvariant(lower);
    }

    private static bool IsDash(char unit) => unit is '-' or >= '\u2010' and <= '\u2015' or '\u2212' or '\uFE58' or '\uFE63';
}
