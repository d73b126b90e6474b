using System.Reflection;
using System.Text;

namespace Tongxin.Core.Text;

/// <summary>The embedded character tables, each read once when first needed (together about 10 ms).</summary>
internal static class Tables
{
    /// <summary>Traditional, compatibility and radical forms to the simplified character, one code point to one.</summary>
    internal static IEnumerable<(Rune From, Rune To)> Simplified()
    {
        foreach (var line in Lines("simplified.txt"))
        {
            for (var at = 0; at < line.Length;)
            {
                var from = Rune.GetRuneAt(line, at);
                var to = Rune.GetRuneAt(line, at + from.Utf16SequenceLength);
                at += from.Utf16SequenceLength + to.Utf16SequenceLength;
                yield return (from, to);
            }
        }
    }

    /// <summary>A syllable with its tone digit, and the characters read so.</summary>
    internal static IEnumerable<(string Syllable, string Characters)> Readings() => Split("pinyin.txt");

    /// <summary>Surnames read otherwise than their characters alone, and compound surnames; the reading has one syllable per character.</summary>
    internal static IEnumerable<(string Surname, string Reading)> Surnames() => Split("surnames.txt");

    private static IEnumerable<(string Head, string Tail)> Split(string name)
    {
        foreach (var line in Lines(name))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            yield return (line[..blank], line[(blank + 1)..]);
        }
    }

    private static IEnumerable<string> Lines(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Text." + name)
            ?? throw new InvalidOperationException($"Table {name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') yield return line;
    }
}
