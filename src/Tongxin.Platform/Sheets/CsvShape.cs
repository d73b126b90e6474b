using System.Text;
using System.Text.Unicode;

namespace Tongxin.Platform.Sheets;

/// <summary>How a .csv is written: found from its bytes, since nothing in it says so.</summary>
internal static class CsvShape
{
    private const int LinesLookedAt = 20;
    private static readonly char[] Delimiters = [',', '\t', ';', '|'];

    /// <summary>The encoding and the length of its mark; null when no encoding fits all of the bytes.</summary>
    public static (Encoding Encoding, int MarkLength)? FindEncoding(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            return Utf8.IsValid(bytes[3..]) ? (Strict(Encoding.UTF8), 3) : null;
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE]))
        {
            return (Encoding.Unicode, 2);
        }

        if (bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            return (Encoding.BigEndianUnicode, 2);
        }

        if (bytes.Contains((byte)0))
        {
            return null;
        }

        if (Utf8.IsValid(bytes))
        {
            return (Strict(Encoding.UTF8), 0);
        }

        return LooksLikeBrokenUtf8(bytes) ? null : FitsGb18030(bytes);
    }

    /// <summary>The delimiter that cuts the first lines most often and most evenly; a comma when none does.</summary>
    public static char FindDelimiter(string head)
    {
        var lines = head.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).Take(LinesLookedAt).ToList();
        return Delimiters.MaxBy(delimiter => Score(lines, delimiter));
    }

    private static int Score(List<string> lines, char delimiter)
    {
        var counts = lines.ConvertAll(line => CountOutsideQuotes(line, delimiter));
        var most = counts.DefaultIfEmpty().Max();
        return most == 0 ? 0 : (counts.Count(count => count == most) * 100) + most;
    }

    private static int CountOutsideQuotes(string line, char delimiter)
    {
        var (count, quoted) = (0, false);
        foreach (var letter in line)
        {
            quoted ^= letter == '"';
            count += !quoted && letter == delimiter ? 1 : 0;
        }

        return count;
    }

    /// <summary>
    /// Chinese in UTF-8 comes in threes. When most of the text is such threes, one broken byte must not turn the whole file
    /// into GB18030 gibberish that reads as valid characters.
    /// </summary>
    private static bool LooksLikeBrokenUtf8(ReadOnlySpan<byte> bytes)
    {
        var (inThrees, others) = (0L, 0L);
        while (!bytes.IsEmpty)
        {
            _ = Rune.DecodeFromUtf8(bytes, out _, out var used);
            if (used >= 3 && bytes[0] >= 0xE0 && Utf8.IsValid(bytes[..used]))
            {
                inThrees += used;
            }
            else if (bytes[0] >= 0x80)
            {
                others += used;
            }

            bytes = bytes[used..];
        }

        return inThrees > others;
    }

    private static (Encoding, int)? FitsGb18030(ReadOnlySpan<byte> bytes)
    {
        var strict = Strict(Encoding.GetEncoding("gb18030"));
        try
        {
            _ = strict.GetCharCount(bytes);
            return (strict, 0);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding Strict(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
}
