using Microsoft.Extensions.Localization;
using Tongxin.Core.Teams;
using Tongxin.Platform.Ui;
using Tongxin.Core.Sampling;
using Tongxin.Screening.Plans.Data;

namespace Tongxin.Screening.Plans;

/// <summary>The words of a plan's reasons and times.</summary>
internal static class PlanWords
{
    /// <summary>A reason; lanes and units by their names.</summary>
    public static string Say(this IStringLocalizer<PlansText> texts, Because why, PlanBody body)
    {
        var args = why.Args.Select(a =>
        {
            var word = a?.ToString() ?? "";
            if (texts[$"lane.{word}"] is { ResourceNotFound: false } lane) return lane.Value;
            return Guid.TryParse(word, out var id) && body.Units.FirstOrDefault(u => u.Id == id) is { } unit ? unit.Full() : (object)word;
        });
        return texts[why.Code, [.. args]];
    }

    /// <summary>Building and unit.</summary>
    public static string Full(this PlanUnit unit) => $"{unit.Building} {unit.Name}".Trim();

    /// <summary>"14:00–15:30": from the first slot's start to the last one's end.</summary>
    public static string Span(this PlanBody body, int first, int last) =>
        $"{Moments.Time(body.Start.AddMinutes(first * SamplingSize.SlotMinutes))}–{Moments.Time(body.Start.AddMinutes((last + 1) * SamplingSize.SlotMinutes))}";

    public static DateTimeOffset Minute(this PlanBody body, int minute) => body.Start.AddMinutes(minute);

    /// <summary>"南门采样点，14:15": where and when the longest wait is.</summary>
    public static string Where(this IStringLocalizer<PlansText> texts, WorstWait worst, PlanSight sight, PlanBody body) =>
        texts["wait.where", sight.SiteName(worst.SiteId), Moments.Time(body.Minute(worst.Quarter * 15))];

    /// <summary>What to know before a plan is published: nobody is called to stand for hours.</summary>
    public static string? Warning(this IStringLocalizer<PlansText> texts, PlanSight sight, PlanBody body) =>
        body.Waits?.Worst() is { Minutes: > PlanWaits.MostMinutes } worst ? texts["wait.long", worst.Minutes, texts.Where(worst, sight, body), PlanWaits.MostMinutes].Value : null;
}
