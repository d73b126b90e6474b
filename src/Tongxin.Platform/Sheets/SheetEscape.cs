using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tongxin.Platform.Sheets;

/// <summary>What XML cannot hold, written the way Excel does it: _x0001_. ECMA-376 part 1, 22.9.2.19 (ST_Xstring).</summary>
internal static partial class SheetEscape
{
    public static string Text(string text)
    {
        if (!NeedsEscape(text))
        {
            return text;
        }

        var escaped = new StringBuilder(LooksEscaped().Replace(text, "_x005F$0"));
        for (var at = escaped.Length - 1; at >= 0; at--)
        {
            var letter = escaped[at];
            if (IsLone(escaped, at))
            {
                escaped[at] = '\uFFFD';
            }
            else if (IsRefused(letter))
            {
                escaped.Remove(at, 1).Insert(at, $"_x{((int)letter).ToString("X4", CultureInfo.InvariantCulture)}_");
            }
        }

        return escaped.ToString();
    }

    private static bool NeedsEscape(string text)
    {
        foreach (var letter in text)
        {
            if (letter == '_' || IsRefused(letter) || char.IsSurrogate(letter))
            {
                return true;
            }
        }

        return false;
    }

    // A carriage return is legal XML but comes back as a line feed.
    private static bool IsRefused(char letter) => letter is (< ' ' and not ('\t' or '\n')) or '\uFFFE' or '\uFFFF';

    private static bool IsLone(StringBuilder text, int at) =>
        (char.IsHighSurrogate(text[at]) && (at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])))
        || (char.IsLowSurrogate(text[at]) && (at == 0 || !char.IsHighSurrogate(text[at - 1])));

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LooksEscaped();
}
