using System.Globalization;

namespace Tongxin.Platform.Journal;

/// <summary>
/// One line a day in <c>anchors.txt</c> (day, count, hash), for printing, mailing or copying to another machine: a chain
/// rewritten with all its keys still does not fit an anchor that lies elsewhere.
/// </summary>
internal sealed class JournalAnchors(PlatformSettings settings)
{
    private string File => Path.Combine(settings.DataFolder, "anchors.txt");

    public async Task<IReadOnlyList<JournalAnchor>> ReadAsync(CancellationToken ct)
    {
        if (!System.IO.File.Exists(File)) return [];
        var lines = await System.IO.File.ReadAllLinesAsync(File, ct);
        return [.. lines.Select(JournalAnchor.Parse).OfType<JournalAnchor>()];
    }

    public async Task AppendAsync(JournalAnchor anchor, CancellationToken ct)
    {
        await using var stream = new FileStream(File, FileMode.Append, FileAccess.Write, FileShare.Read);
        await using var writer = new StreamWriter(stream);
        await writer.WriteLineAsync(anchor.ToString().AsMemory(), ct);
        await writer.FlushAsync(ct);
        stream.Flush(flushToDisk: true);
    }
}

/// <summary>Where the chain stood on a campus day.</summary>
internal sealed record JournalAnchor(DateOnly Day, long Count, string Hash)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd} {Count} {Hash}");

    /// <summary>Null for a line that is none, such as a note.</summary>
    public static JournalAnchor? Parse(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var day, var count, { Length: 64 } hash]
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
        && long.TryParse(count, CultureInfo.InvariantCulture, out var number)
            ? new JournalAnchor(parsed, number, hash) : null;
}
