using System.Globalization;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Returns;
using Tongxin.Platform.Ui;

namespace Tongxin.Access.Returns;

/// <summary>Decisions and facts in the words of the page's language.</summary>
internal static class Explain
{
    public static IReadOnlyList<string> Lines(IReadOnlyList<RulingLine> lines, IStringLocalizer<ReturnsText> texts) =>
        [.. lines.Select(l => texts[
            $"line.{l.Verdict}", l.Place, TypedForm.Text(l.From), TypedForm.Text(l.To), l.Area ?? "", l.Level is { } level ? texts[$"level.{level}"].Value : "",
            l.AreaFrom is { } from ? TypedForm.Text(from) : "", l.AreaUntil is { } until ? TypedForm.Text(until) : texts["area.open"].Value, l.LastDay is { } last ? TypedForm.Text(last) : "", l.Until is { } end ? TypedForm.Text(end) : ""].Value)];

    public static string Note(string what, string? arg, IStringLocalizer<ReturnsText> texts, IStringLocalizer<UiText> ui) => texts[what, Moment(arg, ui) ?? ""];

    /// <param name="names">Whether the names of those who acted are shown: not to the person.</param>
    public static IReadOnlyList<TimelineEntry> Timeline(IReadOnlyList<ReturnEvent> events, IStringLocalizer<ReturnsText> texts, IStringLocalizer<UiText> ui, bool names) =>
        [.. events.Select(e => new TimelineEntry(
            e.At, e.Note is { } note ? texts[$"event.{note}"] : texts[$"step.{e.Step}"],
            e.By == ReturnBy.Account && names && e.Who is { } who ? who : texts[$"by.{e.By}"].Value,
            Why(e, texts, ui), Icon(e.Step), e.Step is ReturnStep.Miss or ReturnStep.Observe ? FlashKind.Warn : e.Step is ReturnStep.Cancel ? FlashKind.Refused : FlashKind.Done))];

    private static string? Why(ReturnEvent e, IStringLocalizer<ReturnsText> texts, IStringLocalizer<UiText> ui)
    {
        if (e.Why is not { } why) return null;
        if (e.Step is ReturnStep.Decide or ReturnStep.DecideAgain) return texts[$"outcome.{why}"];
        if (e.Step is ReturnStep.Release or ReturnStep.Arrive && texts[$"because.{why}"] is { ResourceNotFound: false } known) return known;
        return Moment(why, ui);
    }

    private static string? Moment(string? text, IStringLocalizer<UiText> ui) =>
        text?.Contains('T', StringComparison.Ordinal) == true && DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? Moments.Full(at, ui) : text;

    private static string Icon(ReturnStep? step) => step switch
    {
        ReturnStep.Declare or ReturnStep.Correct => "edit",
        ReturnStep.Decide or ReturnStep.DecideAgain => "scale",
        ReturnStep.Book => "calendar-event",
        ReturnStep.Release => "arrow-back-up",
        ReturnStep.Arrive => "login",
        ReturnStep.Shelter => "door",
        ReturnStep.Observe => "stethoscope",
        ReturnStep.Clear => "circle-check",
        ReturnStep.Cancel => "x",
        ReturnStep.Miss => "clock",
        _ => "note",
    };
}
