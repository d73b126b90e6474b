using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Duties;

/// <summary>
/// Somebody's turns as an iCalendar file (RFC 5545): times in UTC, CRLF, lines of at most 75 octets. An event's id is its duty's, so
/// that it stays the same event through every version of the roster. Nobody else's name is in it.
/// </summary>
internal static class DutyCalendar
{
    public const string ContentType = "text/calendar; charset=utf-8";
    private const int LongestLine = 75;

    public static string Write(IEnumerable<MyDuty> duties, DateTimeOffset now, IStringLocalizer<DutyText> texts)
    {
        var file = new StringBuilder();
        void Line(string name, string value) => Fold(file, $"{name}:{value}");

        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//Tongxin//Duties//ZH");
        Line("CALSCALE", "GREGORIAN");
        Line("METHOD", "PUBLISH");
        Line("X-WR-CALNAME", Escape(texts["duties.title"]));
        foreach (var duty in duties.Where(d => d.Turn.State is not (TurnState.Absent or TurnState.Covered)))
        {
            Line("BEGIN", "VEVENT");
            Line("UID", $"{duty.Duty.Id:N}@tongxin");
            Line("DTSTAMP", Utc(duty.Turn.StateAt ?? now));
            Line("SEQUENCE", duty.Turn.Version.ToString(CultureInfo.InvariantCulture));
            Line("DTSTART", Utc(duty.Duty.Starts));
            Line("DTEND", Utc(duty.Duty.Ends));
            Line("SUMMARY", Escape(texts["calendar.summary", duty.Post.Name]));
            if (DutyWords.Where(duty.Post, duty.Place) is { Length: > 0 } where) Line("LOCATION", Escape(where));
            if (duty.Post.Checklist.Count > 0) Line("DESCRIPTION", Escape(string.Join('\n', duty.Post.Checklist.Select(i => i.Text))));
            Line("STATUS", duty.Turn.State == TurnState.Published ? "TENTATIVE" : "CONFIRMED");
            Line("BEGIN", "VALARM");
            Line("ACTION", "DISPLAY");
            Line("DESCRIPTION", Escape(duty.Post.Name));
            Line("TRIGGER", "-PT2H");
            Line("END", "VALARM");
            Line("END", "VEVENT");
        }
        Line("END", "VCALENDAR");
        return file.ToString();
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
        .Replace("\r\n", "\\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\n", StringComparison.Ordinal);

    /// <summary>Long lines go on after CRLF and a blank; a character is never cut in two.</summary>
    private static void Fold(StringBuilder file, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                file.Append("\r\n ");
                octets = 1;
            }
            file.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        file.Append("\r\n");
    }
}
