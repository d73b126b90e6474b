using System.Text;

namespace Tongxin.Core.Text;

/// <summary>
/// Readings of Chinese names, one per character: the surname's own reading first (单 shan, 尉迟 yuchi), then each character's most
/// frequent one. Covers 21,000 characters of the first plane and about 200 rare ones; a character without a known reading stands for itself.
/// </summary>
public static class Pinyin
{
    private const char FirstCharacter = '\u3000';
    private const char LastCharacter = '\u9FFF';

    private static readonly Lazy<Table> Shared = new(Load);

    /// <summary>First letters, lower case: 欧阳小敏 gives "oyxm". Latin letters and digits pass through, everything else is left out.</summary>
    public static string Initials(string? name) => Spell(name, static (text, syllable) => text.Append(syllable[0]));

    /// <summary>The whole reading without tones or blanks: 单小绿 gives "shanxiaolv". For search by typed pinyin.</summary>
    public static string Full(string? name) => Spell(name, static (text, syllable) => text.Append(syllable, 0, syllable.Length - 1));

    /// <summary>
    /// A key whose ordinal order is dictionary order: character by character, first by syllable and tone, then by the character itself.
    /// Store it beside the name; compare it bytewise (in PostgreSQL with collation "C").
    /// </summary>
    public static string SortKey(string? name)
    {
        var key = new StringBuilder();
        var clean = TextFold.Clean(name);
        var (surname, reading) = SurnameOf(clean);
        var at = 0;
        foreach (var rune in clean.EnumerateRunes())
        {
            var syllable = at < surname ? reading[at] : ReadingOf(rune);
            at++;
            if (syllable is not null) key.Append(syllable).Append(' ').Append(rune);
            else if (rune.IsBmp && FoldTable.Units[rune.Value] is not (FoldTable.Drop or FoldTable.Paired) and var unit) key.Append(unit);
            else key.Append(rune);
        }

        return key.ToString();
    }

    /// <summary>How many characters of a name are its surname: 2 for 欧阳小敏, 1 for 王小明, at most the length less one.</summary>
    internal static int SurnameLength(string cleanName) => LongSurname(cleanName) is { } known ? known.Length : 1;

    /// <summary>True when <paramref name="letters"/> is the everyday reading of the character, tone aside.</summary>
    internal static bool IsReadingOf(char character, ReadOnlySpan<char> letters) =>
        ReadingOf(character) is { } reading && letters.SequenceEqual(reading.AsSpan(0, reading.Length - 1));

    private static string Spell(string? name, Action<StringBuilder, string> append)
    {
        var text = new StringBuilder();
        var clean = TextFold.Clean(name);
        var (surname, reading) = SurnameOf(clean);
        var at = 0;
        foreach (var rune in clean.EnumerateRunes())
        {
            var syllable = at < surname ? reading[at] : ReadingOf(rune);
            at++;
            if (syllable is not null) append(text, syllable);
            else if (!Rune.IsLetterOrDigit(rune)) continue;
            else if (rune.IsBmp && FoldTable.Units[rune.Value] is not (FoldTable.Drop or FoldTable.Paired) and var unit) text.Append(unit);
            else text.Append(rune);
        }

        return text.ToString();
    }

    private static string? ReadingOf(Rune rune) =>
        rune.IsBmp ? ReadingOf((char)rune.Value) : Shared.Value.Rare.GetValueOrDefault(rune.Value);

    private static string? ReadingOf(char unit) =>
        unit is >= FirstCharacter and <= LastCharacter ? Shared.Value.Common[unit - FirstCharacter] : null;

    // The surname at the head, when the table knows a reading for it: traditional writing is looked up as simplified.
    private static (int Length, string[] Reading) SurnameOf(string name)
    {
        if (name.Length == 0) return (0, []);
        if (LongSurname(name) is { } known) return (known.Length, Shared.Value.Surnames[known]);
        var head = FoldTable.Units[name[0]].ToString();
        return Shared.Value.Surnames.TryGetValue(head, out var reading) ? (1, reading) : (0, []);
    }

    private static string? LongSurname(string name)
    {
        Span<char> head = stackalloc char[4];
        for (var length = Math.Min(head.Length, name.Length - 1); length >= 2; length--)
        {
            for (var at = 0; at < length; at++) head[at] = FoldTable.Units[name[at]];
            if (Shared.Value.Surname(head[..length]) is { } known) return known;
        }

        return null;
    }

    private static Table Load()
    {
        var common = new string?[LastCharacter - FirstCharacter + 1];
        var rare = new Dictionary<int, string>();
        foreach (var (syllable, characters) in Tables.Readings())
        {
            foreach (var rune in characters.EnumerateRunes())
            {
                if (rune.IsBmp) common[rune.Value - FirstCharacter] = syllable;
                else rare[rune.Value] = syllable;
            }
        }

        return new Table(common, rare, Tables.Surnames().ToDictionary(s => s.Surname, s => s.Reading.Split(' ')));
    }

    private sealed record Table(string?[] Common, Dictionary<int, string> Rare, Dictionary<string, string[]> Surnames)
    {
        /// <summary>Finds a compound surname without making a string of it.</summary>
        public string? Surname(ReadOnlySpan<char> head) => _known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(head, out var known) ? known : null;

        private readonly HashSet<string> _known = [.. Surnames.Keys];
    }
}
