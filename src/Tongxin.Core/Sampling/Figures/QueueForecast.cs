namespace Tongxin.Core.Sampling.Figures;

/// <summary>
/// Who waits when everybody comes as the arrival pattern says and tables work at their rate: minute by minute, lane by lane. Tables begin
/// with the first slot of their lane and work on after the last until nobody waits.
/// </summary>
internal static class QueueForecast
{
    private const int Quarter = 15;
    private const double Dust = 1e-6;

    public static List<QueueQuarter> Of(SamplingRequest request, IReadOnlyList<SlotLoad> loads, Func<SlotLoad, int> ratePerHour)
    {
        var queues = new List<QueueQuarter>();
        foreach (var site in loads.GroupBy(l => l.SiteId))
        {
            // Minute 0 of the arrays is a quarter of an hour before the start.
            var waiting = new double[(request.Slots * request.SlotMinutes) + (40 * Quarter)];
            foreach (var lane in site.GroupBy(l => l.Lane)) Add(request, [.. lane.OrderBy(l => l.Slot)], ratePerHour, waiting);
            for (var q = 0; q < waiting.Length / Quarter; q++)
            {
                var longest = waiting.AsSpan(q * Quarter, Quarter).ToArray().Max();
                if (longest > Dust) queues.Add(new(site.Key, q - 1, (int)Math.Ceiling(longest - Dust)));
            }
        }

        return queues;
    }

    private static void Add(SamplingRequest request, IReadOnlyList<SlotLoad> lane, Func<SlotLoad, int> ratePerHour, double[] waiting)
    {
        var minutes = request.SlotMinutes;
        var (arrivals, rate) = (new double[waiting.Length], new double[waiting.Length]);
        foreach (var load in lane)
        {
            var start = Quarter + (load.Slot * minutes);
            Spread(arrivals, start - Quarter, Quarter, request.Arrivals.Early * load.People);
            Spread(arrivals, start, minutes, (1 - request.Arrivals.Early - request.Arrivals.Late) * load.People);
            Spread(arrivals, start + minutes, Quarter, request.Arrivals.Late * load.People);
            Array.Fill(rate, ratePerHour(load) / 60.0, start, rate.Length - start);
        }

        var queue = 0.0;
        for (var m = 0; m < waiting.Length; m++)
        {
            queue = Math.Max(0, queue + arrivals[m] - rate[m]);
            waiting[m] += queue;
        }
    }

    private static void Spread(double[] arrivals, int from, int minutes, double people)
    {
        for (var m = from; m < from + minutes; m++) arrivals[m] += people / minutes;
    }
}
