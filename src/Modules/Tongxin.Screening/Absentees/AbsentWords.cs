using Microsoft.Extensions.Localization;
using Tongxin.Core.Rounds;
using Tongxin.Platform.Ui;
using Tongxin.Screening.Absentees.Data;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Absentees;

/// <summary>The words of the columns about who is missing: one place for page, print and file.</summary>
internal static class AbsentWords
{
    /// <summary>未检原因: what was said last, else what is known of the slot.</summary>
    public static string Why(this IStringLocalizer<AbsentText> texts, IStringLocalizer<TestingText> testing, AbsentRow row, DateTimeOffset now)
    {
        if (row.Target.Status == TargetStatus.Excused) return testing.Excuse(row.Target.Reason);
        if (row.State.Reasoned?.ReasonText is { } reason) return testing.Excuse(reason);
        if (row.Target.Status != TargetStatus.Outstanding) return "";
        return row.SlotUntil is not { } until ? texts["why.no-slot"] : until <= now ? texts["why.missed"] : texts["why.later"];
    }

    /// <summary>联系结果.</summary>
    public static string Contact(this IStringLocalizer<AbsentText> texts, AbsentRow row, IStringLocalizer<UiText> ui) =>
        row.State.Contact is { Contact: { } contact } step ? texts["contact.line", texts[$"contact.{contact}"], texts[$"channel.{step.Channel}"], Moments.Short(step.At, ui)] : texts["contact.none"];

    /// <summary>安排.</summary>
    public static string Arrangement(this IStringLocalizer<AbsentText> texts, AbsentRow row) => row switch
    {
        { Target.Status: TargetStatus.Excused } => texts[$"arrangement.{AbsentArrangement.Excused}"],
        { State.Arrangement: { } known and not AbsentArrangement.Excused } => texts[$"arrangement.{known}"],
        _ => "",
    };

    /// <summary>责任人: who took it on, else the captain of the cell.</summary>
    public static string Responsible(AbsentRow row) => row.Responsible ?? row.Captain ?? "";

    /// <summary>完成时间: when it was done; while it is not, by when it is to be.</summary>
    public static string Finish(this IStringLocalizer<AbsentText> texts, AbsentRow row, IStringLocalizer<UiText> ui)
    {
        if (row.FinishedAt is { } done) return Moments.Full(done, ui);
        return row.State is { Arrangement: not null, Arranged.DueAt: { } due } ? texts["finish.due", Moments.Short(due, ui)] : "";
    }
}
