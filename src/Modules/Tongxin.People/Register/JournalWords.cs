using Microsoft.Extensions.Localization;
using Tongxin.Platform.Journal;
using Tongxin.Platform.Ui;

namespace Tongxin.People.Register;

/// <summary>Journal entries as lines of a page: what, when, who; never values.</summary>
internal static class JournalWords
{
    public static IReadOnlyList<TimelineEntry> ToTimeline(this IReadOnlyList<JournalLine> lines, IStringLocalizer<PeopleText> texts) =>
        [.. lines.Select(l => new TimelineEntry(l.At, Say(texts, l.Action), l.Who == "system" ? texts["journal.system"] : l.Who, null, Icon(l.Action)))];

    // A deed of another module has its words there; here it is a change.
    private static string Say(IStringLocalizer<PeopleText> texts, string action) =>
        texts["action." + action] is { ResourceNotFound: false } known ? known : texts["action.other"];

    private static string Icon(string action) => action switch
    {
        _ when action.Contains("reveal", StringComparison.Ordinal) => "eye",
        _ when action.Contains("care", StringComparison.Ordinal) => "heart-handshake",
        _ when action.Contains("move", StringComparison.Ordinal) => "home",
        _ when action.Contains("merge", StringComparison.Ordinal) => "git-merge",
        _ when action.Contains("add", StringComparison.Ordinal) => "plus",
        _ => "edit",
    };
}
