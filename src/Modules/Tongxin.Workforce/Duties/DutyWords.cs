using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Duties;

/// <summary>Words, signs and tones of turns; one place for card, desk, log and calendar.</summary>
internal static class DutyWords
{
    /// <summary>"22:00–次日 04:00（跨零点）"; a duty that ends at midnight ends at 24:00.</summary>
    public static string Hours(this IStringLocalizer<DutyText> texts, RosterDuty duty)
    {
        var midnight = CampusCalendar.StartOf(CampusCalendar.DayOf(duty.Starts).AddDays(1));
        if (duty.Ends == midnight) return $"{Moments.Time(duty.Starts)}–24:00";
        return duty.Ends < midnight ? $"{Moments.Time(duty.Starts)}–{Moments.Time(duty.Ends)}" : texts["hours.over", Moments.Time(duty.Starts), Moments.Time(duty.Ends)];
    }

    /// <summary>"11月21日 星期六 22:00–次日 04:00（跨零点）".</summary>
    public static string When(this IStringLocalizer<DutyText> texts, RosterDuty duty, IStringLocalizer<UiText> ui) => $"{Moments.Day(duty.Day, ui)} {texts.Hours(duty)}";

    public static string Of(this IStringLocalizer<DutyText> texts, TurnState state) => texts[$"TurnState.{state}"];

    public static string Of(this IStringLocalizer<DutyText> texts, DutyCode code) => texts[$"DutyCode.{code}"];

    /// <summary>"4 小时 30 分", "7 分钟".</summary>
    public static string Length(this IStringLocalizer<DutyText> texts, int minutes) =>
        minutes is > 0 and < 60 ? texts["length.minutes", minutes] : minutes % 60 == 0 ? texts["length.hours", minutes / 60] : texts["length", minutes / 60, minutes % 60];

    public static TagKind Tone(TurnState state) => state switch
    {
        TurnState.OnPost or TurnState.HandingOver or TurnState.Done => TagKind.Good,
        TurnState.Absent or TurnState.Covered => TagKind.Alarm,
        TurnState.Published => TagKind.Care,
        _ => TagKind.Plain,
    };

    public static string Sign(TurnState state) => state switch
    {
        TurnState.OnPost => "map-pin",
        TurnState.HandingOver => "switch-horizontal",
        TurnState.Done => "checks",
        TurnState.Confirmed => "check",
        TurnState.Absent => "user-x",
        TurnState.Covered => "user-check",
        _ => "hourglass",
    };

    /// <summary>Place and spot on one line; the post's name alone when nothing else is known.</summary>
    public static string Where(Post post, string? place) => string.Join(" · ", new[] { place, post.Spot }.Where(s => !string.IsNullOrEmpty(s)));
}
