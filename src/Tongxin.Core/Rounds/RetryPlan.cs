using Tongxin.Core.Common;

namespace Tongxin.Core.Rounds;

/// <summary>When to try an outstanding target again, on the campus clock.</summary>
internal static class RetryPlan
{
    public static NextAttempt After(RoundPolicy policy, IReadOnlyList<LiveOutcome> live)
    {
        var last = live[^1];
        if (last.Outcome.Kind != OutcomeKind.NotReached)
            return First(policy, last.At + policy.RefusalDelay, new HashSet<string>(), NextReason.AfterRefusal);

        var tried = new HashSet<string>(StringComparer.Ordinal);
        foreach (var x in live.Reverse().TakeWhile(x => x.Outcome.Kind == OutcomeKind.NotReached))
        {
            if (BandOf(policy, x.At) is { } band) tried.Add(band.Code);
        }

        var earliest = last.At + policy.RetryDelay;
        return tried.Count < policy.Bands.Count
            ? First(policy, earliest, tried, NextReason.OtherTimeOfDay)
            : First(policy, earliest, new HashSet<string>(), NextReason.AllTimesTried);
    }

    private static NextAttempt First(RoundPolicy policy, DateTimeOffset earliest, HashSet<string> tried, NextReason reason)
    {
        var day = CampusCalendar.DayOf(earliest);
        var windows =
            from d in Enumerable.Range(0, 2)
            from band in policy.Bands
            where !tried.Contains(band.Code)
            let until = CampusCalendar.At(day.AddDays(d), band.Until)
            where until > earliest
            let begins = CampusCalendar.At(day.AddDays(d), band.From)
            select new NextAttempt(begins > earliest ? begins : earliest.ToUniversalTime(), until, band.Code, reason);

        // Without bands there is no better time than a day from the earliest instant.
        return windows.FirstOrDefault() ?? new NextAttempt(earliest.ToUniversalTime(), earliest.ToUniversalTime().AddDays(1), null, reason);
    }

    /// <summary>The band an instant counts for: the last that had begun, or the day's first.</summary>
    private static DayBand? BandOf(RoundPolicy policy, DateTimeOffset at)
    {
        var time = TimeOnly.FromDateTime(CampusCalendar.Local(at).DateTime);
        return policy.Bands.LastOrDefault(b => b.From <= time) ?? (policy.Bands.Count > 0 ? policy.Bands[0] : null);
    }
}
