using Tongxin.Core.Sampling;
using Tongxin.Screening.Plans.Data;

namespace Tongxin.Screening.Plans;

/// <summary>
/// Tries a plan out before anybody is called: households that come early, late or not at all. The planner's forecast is the mean of many
/// days; this is one of them, and shows how long people stand there.
/// </summary>
internal static class PlanTrial
{
    private const int QuarterMinutes = 15;

    public static PlanWaits Run(SamplingRequest request, SamplingPlan plan, CancellationToken ct)
    {
        var day = SamplingSimulator.Run(request, plan, ct: ct);
        var sites = new List<SiteWaits>();
        foreach (var site in day.Visits.GroupBy(v => v.SiteId))
        {
            var byQuarter = site.GroupBy(v => (int)Math.Floor(v.ArrivedMinutes / QuarterMinutes)).ToDictionary(q => q.Key, q => q.Max(v => Minutes(v.ServedMinutes - v.ArrivedMinutes)));
            var first = byQuarter.Keys.Min();
            sites.Add(new SiteWaits(site.Key, first, [.. Enumerable.Range(first, byQuarter.Keys.Max() - first + 1).Select(q => byQuarter.GetValueOrDefault(q))]));
        }

        return new PlanWaits(Minutes(day.WaitMinutes[50]), sites);
    }

    private static int Minutes(double wait) => (int)Math.Ceiling(wait);
}
