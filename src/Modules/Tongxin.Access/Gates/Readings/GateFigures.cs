using Tongxin.Core.Common;

namespace Tongxin.Access.Gates.Readings;

/// <summary>What a gate counted on a day.</summary>
internal sealed record GateDay(int In, int Out, int TurnedBack, int Emergency)
{
    public static readonly GateDay None = new(0, 0, 0, 0);
}

/// <summary>One hour of a gate's day.</summary>
internal sealed record GateHour(int Hour, int In, int Out);

/// <summary>Today's counts of gates, from what they saw.</summary>
internal sealed class GateFigures(IPassages passages, TimeProvider clock)
{
    public async Task<IReadOnlyDictionary<Guid, GateDay>> TodayAsync(IReadOnlyCollection<Guid> gates, CancellationToken ct)
    {
        var (from, until) = Today();
        return (await passages.SumAsync(gates, from, until, ct)).GroupBy(s => s.GateId).ToDictionary(g => g.Key, g => new GateDay(
            Of(g, PassageKind.In), Of(g, PassageKind.Out), Of(g, PassageKind.TurnedBack), Of(g, PassageKind.Emergency)));

        static int Of(IEnumerable<PassageSum> sums, PassageKind kind) => sums.Where(s => s.Kind == kind).Sum(s => s.Passages);
    }

    /// <summary>The 24 hours of today.</summary>
    public async Task<IReadOnlyList<GateHour>> HoursAsync(Guid gate, CancellationToken ct)
    {
        var (from, until) = Today();
        var times = (await passages.TimesAsync(gate, from, until, ct)).ToLookup(t => CampusCalendar.Local(t.SeenAt).Hour);
        return [.. Enumerable.Range(0, 24).Select(h => new GateHour(
            h, times[h].Count(t => t.Kind == PassageKind.In), times[h].Count(t => t.Kind is PassageKind.Out or PassageKind.Emergency)))];
    }

    private (DateTimeOffset From, DateTimeOffset Until) Today()
    {
        var day = CampusCalendar.DayOf(clock.GetUtcNow());
        return (CampusCalendar.StartOf(day), CampusCalendar.StartOf(day.AddDays(1)));
    }
}
