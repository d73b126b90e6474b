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
}
