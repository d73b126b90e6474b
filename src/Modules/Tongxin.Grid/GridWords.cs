using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Platform.Ui;

namespace Tongxin.Grid;

/// <summary>The words, signs and tones of outcomes, one place for card, board, ledger and file.</summary>
internal static class GridWords
{
    public static string Of(this IStringLocalizer<GridText> texts, OutcomeKind? kind) => texts[$"kind.{kind?.ToString() ?? "Untried"}"];

    public static string Of(this IStringLocalizer<GridText> texts, Channel channel) => texts[$"channel.{channel}"];

    public static string Of(this IStringLocalizer<GridText> texts, TargetStatus status) => texts[$"status.{status}"];

    /// <summary>A reason as words: policy codes have texts, everything else is somebody's own words.</summary>
    public static string? Reason(this IStringLocalizer<GridText> texts, string? reason) => reason == "vacant" ? texts["reason.vacant"] : reason;

    public static string Icon(OutcomeKind? kind) => kind switch
    {
        OutcomeKind.Done => "check",
        OutcomeKind.NotReached => "user-off",
        OutcomeKind.Refused => "ban",
        OutcomeKind.Vacant => "home-off",
        OutcomeKind.Excused => "circle-check",
        _ => "question-mark",
    };

    public static string Tone(OutcomeKind? kind) => kind switch
    {
        OutcomeKind.Done => "t-full",
        OutcomeKind.NotReached => "t-half",
        OutcomeKind.Refused => "t-low",
        _ => "t-none",
    };

    /// <summary>"今天 18:30" or "11月22日 14:30".</summary>
    public static string When(this IStringLocalizer<GridText> texts, DateTimeOffset at, DateTimeOffset now, IStringLocalizer<UiText> ui) =>
        CampusCalendar.DayOf(at) == CampusCalendar.DayOf(now) ? texts["when.today", Moments.Time(at)] : Moments.Short(at, ui);
}
