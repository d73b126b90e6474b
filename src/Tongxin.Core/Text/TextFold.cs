using System.Buffers;
using System.Text;

namespace Tongxin.Core.Text;

/// <summary>
/// Makes text that people typed or pasted comparable (<see cref="ForSearch"/>) and storable (<see cref="Clean"/>).
/// Both take any string, lone surrogates included, never throw and are idempotent. Time is linear in the length.
/// </summary>
public static class TextFold
{
    private const int OnStack = 256;

    // The longest reading is six letters ("zhuang"); marks do not count.
    private const int LongestReading = 6;

    /// <summary>
    /// The form to search and compare by, never to show: half width, simplified, lower case without Latin marks, one middle dot,
    /// no blanks beside Chinese characters and commas, no zero-width characters, doubled commas once, and inline pinyin
    /// ("進(jìn)一步") gone. Null and blank give "". Returns the same instance when nothing changes.
    /// </summary>
    public static string ForSearch(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        char[]? rented = null;
        // One unit may become two (a rare simplified form), and a blank may stand before it.
        var capacity = text.Length * 2;
        var buffer = capacity <= OnStack ? stackalloc char[OnStack] : rented = ArrayPool<char>.Shared.Rent(capacity);
        var folded = Fold(text, buffer);
        var answer = folded.SequenceEqual(text) ? text : folded.ToString();
        if (rented is not null) ArrayPool<char>.Shared.Return(rented, clearArray: true);
        return answer;
    }

    /// <summary>
    /// The form to store: trimmed, control and zero-width characters and broken surrogates removed, any blank (no-break, ideographic,
    /// tab, line break) an ordinary one and runs of them one, full-width digits and Latin letters half width. Chinese characters,
    /// punctuation, middle dots and letter case stay exactly as written. Null gives "". Returns the same instance when nothing changes.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (IsClean(text)) return text;
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) != OperationStatus.Done)
            {
                at += length;
                continue;
            }

            at += length;
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
            }
            else if (!Invisible.Is(rune.Value))
            {
                if (rune.IsBmp) clean.Append(HalfWidth((char)rune.Value));
                else clean.Append(rune);
            }
        }

        if (clean.Length > 0 && clean[^1] == ' ') clean.Length--;
        return clean.ToString();
    }

    /// <summary>Half width for digits and Latin letters only; other characters as they are.</summary>
    internal static char HalfWidth(char unit) =>
        unit is >= '\uFF10' and <= '\uFF19' or >= '\uFF21' and <= '\uFF3A' or >= '\uFF41' and <= '\uFF5A' ? (char)(unit - 0xFEE0) : unit;

    // The common case on import: nothing to do, nothing allocated.
    private static bool IsClean(string text)
    {
        var previous = ' ';
        foreach (var unit in text)
        {
            var plain = unit is > ' ' and < '\u007F' or >= '\u4E00' and <= '\u9FFF' or '·' || (unit == ' ' && previous != ' ');
            if (!plain) return false;
            previous = unit;
        }

        return previous != ' ';
    }

    private static Span<char> Fold(string text, Span<char> into)
    {
        var length = 0;
        var marked = -1; // place of the last letter that carried a tone mark
        var blank = false;
        for (var at = 0; at < text.Length; at++)
        {
            var unit = text[at];
            char first, second = FoldTable.Drop;
            if (char.IsSurrogate(unit))
            {
                if (!char.IsHighSurrogate(unit) || at + 1 >= text.Length || !char.IsLowSurrogate(text[at + 1])) continue;
                (first, second) = Pair(new Rune(unit, text[++at]));
            }
            else
            {
                first = FoldTable.Units[unit];
                if (first == FoldTable.Paired) (first, second) = Halves(FoldTable.Simplified[unit]);
            }

            if (first == FoldTable.Drop)
            {
                if (FoldTable.IsCombiningMark(unit)) marked = length - 1;
                continue;
            }

            if (first == ' ')
            {
                blank = true;
                continue;
            }

            var last = length > 0 ? into[length - 1] : FoldTable.Drop;
            if (IsComma(first) && first == last)
            {
                blank = false;
                continue;
            }

            if (blank && length > 0 && !Closes(last) && !Closes(first))
            {
                into[length++] = ' ';
            }

            blank = false;
            // A full stop between Chinese characters is the dot of a name typed on another keyboard.
            if (FoldTable.IsWide(first) && length > 1 && into[length - 1] == '.' && FoldTable.IsWide(into[length - 2])) into[length - 1] = FoldTable.MiddleDot;
            if (FoldTable.IsMarkedLatin(unit)) marked = length;
            into[length++] = first;
            if (second != FoldTable.Drop) into[length++] = second;
            if (first == ')') length -= InlinePinyin(into[..length], marked);
        }

        return into[..length];
    }

    // A blank says nothing beside these.
    private static bool Closes(char unit) => FoldTable.IsWide(unit) || IsComma(unit);

    private static bool IsComma(char unit) => unit is ',' or '、' or '。' or ';' or FoldTable.MiddleDot;

    // Length of "(jin)" at the end of the text, when it follows a Chinese character and is its reading: 0 otherwise. Without a tone
    // mark it must be the very reading of that character, so that "区(abc)" stays.
    private static int InlinePinyin(ReadOnlySpan<char> text, int marked)
    {
        var open = text.Length - 2;
        while (open >= 0 && text[open] is >= 'a' and <= 'z') open--;
        var letters = text.Length - 2 - open;
        if (letters is 0 or > LongestReading || open < 1 || text[open] != '(' || !FoldTable.IsWide(text[open - 1])) return 0;
        var reading = text.Slice(open + 1, letters);
        var isReading = marked > open || (letters > 1 && Pinyin.IsReadingOf(text[open - 1], reading));
        return isReading ? letters + 2 : 0;
    }

    private static (char First, char Second) Pair(Rune rune)
    {
        if (FoldTable.Simplified.TryGetValue(rune.Value, out var simple)) return Halves(simple);
        // Variation selectors and tags choose a glyph, not a character.
        return rune.Value is >= 0xE0100 and <= 0xE01EF || Invisible.Is(rune.Value) ? default : Halves(rune);
    }

    private static (char First, char Second) Halves(Rune rune)
    {
        Span<char> units = stackalloc char[2];
        return rune.EncodeToUtf16(units) == 2 ? (units[0], units[1]) : (units[0], FoldTable.Drop);
    }
}
