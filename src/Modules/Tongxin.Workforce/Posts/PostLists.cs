using System.Globalization;
using System.Text.RegularExpressions;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Posts;

/// <summary>Lists as people type them: one thing a line.</summary>
internal static partial class PostLists
{
    private const int MostLines = 30;
    private const char Mandatory = '*';

    /// <summary>"* 测体温" must be done, "擦桌子" may be left.</summary>
    public static IReadOnlyList<ChecklistItem> Checklist(string? text) =>
        [.. Lines(text).Select(l => l.StartsWith(Mandatory) ? new ChecklistItem(l.TrimStart(Mandatory, ' '), true) : new ChecklistItem(l, false)).Where(c => c.Text.Length > 0)];

    public static string Write(IEnumerable<ChecklistItem> items) => string.Join('\n', items.Select(i => i.Mandatory ? $"{Mandatory} {i.Text}" : i.Text));

    /// <summary>"N95 口罩 4": name and number; without a number it is one.</summary>
    public static IReadOnlyList<IssueItem> Issue(string? text) => [.. Lines(text).Select(One)];

    public static string Write(IEnumerable<IssueItem> items) => string.Join('\n', items.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Name} {i.Count}")));

    private static IssueItem One(string line) => Counted().Match(line) is { Success: true } m && int.TryParse(m.Groups["count"].Value, CultureInfo.InvariantCulture, out var count)
        ? new IssueItem(m.Groups["name"].Value, count)
        : new IssueItem(line, 1);

    private static IEnumerable<string> Lines(string? text) =>
        (text ?? "").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Take(MostLines);

    [GeneratedRegex(@"^(?<name>.*\S)\s*[ ×xX*](?<count>\d{1,4})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Counted();
}
