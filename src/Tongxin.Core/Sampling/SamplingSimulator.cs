namespace Tongxin.Core.Sampling;

/// <summary>How people behave when a plan is tried out.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Seed: the same day on every machine.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Share of households that come up to 15 minutes before their slot.</summary>
    public double Early { get; init; } = 0.15;

    /// <summary>Share of households that come up to 30 minutes after their slot.</summary>
    public double Late { get; init; } = 0.05;

    /// <summary>Share of households that do not come.</summary>
    public double NoShow { get; init; } = 0.03;

    /// <summary>Metres a minute on foot; they leave home so as to be there at their time, and the slow ones are this much later.</summary>
    public double MetresPerMinute { get; init; } = 60;

    /// <summary>A sample takes the table's mean time, more or less by up to this share.</summary>
    public double Spread { get; init; } = 0.3;

    /// <summary>More people at once than were called. Null: none.</summary>
    public ArrivalRush? Rush { get; init; }
}

/// <summary>A rush: whoever would have come within a longer time comes within a short one, at every site.</summary>
/// <param name="StartMinutes">When it begins, from the start of the plan.</param>
/// <param name="Minutes">How long it lasts.</param>
/// <param name="Times">How many times as many people come as at that pace; at least 1.</param>
public sealed record ArrivalRush(double StartMinutes, double Minutes, double Times)
{
    /// <summary>When somebody comes who would have come at this minute.</summary>
    internal double Of(double minute) =>
        minute < StartMinutes || minute >= StartMinutes + (Minutes * Times) ? minute : StartMinutes + ((minute - StartMinutes) / Times);
}

/// <summary>Somebody who was sampled.</summary>
/// <param name="Household">Index in the unit.</param>
/// <param name="Lane">As what the person was called.</param>
/// <param name="TableLane">Of the table that took the swab.</param>
/// <param name="Table">Index among the site's staffed tables of that lane.</param>
/// <param name="ArrivedMinutes">From the start of the plan.</param>
/// <param name="ServedMinutes">When the table took the person.</param>
public readonly record struct SimulatedVisit(
    Guid UnitId, int Household, SamplingLane Lane, Guid SiteId, SamplingLane TableLane, int Table, double ArrivedMinutes, double ServedMinutes);

/// <summary>What a day was like.</summary>
/// <param name="Served">People sampled.</param>
/// <param name="Absent">People who did not come.</param>
/// <param name="FinishMinutes">When the last was done, from the start.</param>
/// <param name="Queues">The longest queue of each site and quarter of an hour; quarters in which nobody waited are left out.</param>
/// <param name="WaitMinutes">Minutes waited that 50, 90, 95, 99 and 100 % of people did not pass.</param>
public sealed record SimulatedDay(int Served, int Absent, double FinishMinutes, IReadOnlyList<QueueQuarter> Queues, IReadOnlyDictionary<int, double> WaitMinutes)
{
    /// <summary>The longest queue there was.</summary>
    public int LongestQueue => Queues.Select(q => q.Waiting).DefaultIfEmpty().Max();

    /// <summary>Everybody who was sampled, site by site and lane by lane, in the order of the tables.</summary>
    public IReadOnlyList<SimulatedVisit> Visits { get; init; } = [];
}

/// <summary>
/// Tries a plan out, person by person: households come early, in time, late or not at all, tables take who waits longest, green people
/// first. A table works from the first slot for which it is staffed to the last; those of its lane's last slot until nobody waits.
/// </summary>
public static class SamplingSimulator
{
    private const double EarlyMinutes = 15, LateMinutes = 30;
    private static readonly int[] Shares = [50, 90, 95, 99, 100];

    /// <summary>One day.</summary>
    public static SimulatedDay Run(SamplingRequest request, SamplingPlan plan, SimulatorOptions? options = null, CancellationToken ct = default)
    {
        var o = options ?? new SimulatorOptions();
        var random = new Random(o.Seed);
        var units = request.Units.ToDictionary(u => u.Id);
        var sites = request.Sites.ToDictionary(s => s.Id);
        var lanes = new SortedDictionary<(int Site, SamplingLane Lane), List<Arrival>>();
        var numbers = request.Sites.Select((s, i) => (s.Id, i)).ToDictionary(x => x.Id, x => x.i);
        var absent = 0;
        foreach (var slot in plan.Slots)
        {
            if (!sites.TryGetValue(slot.SiteId, out var site) || !units.TryGetValue(slot.UnitId, out var unit)) continue;
            var lane = slot.Lane == SamplingLane.Green && site.Tables.All(t => t.Lane != SamplingLane.Green) ? SamplingLane.Normal : slot.Lane;
            if (!lanes.TryGetValue((numbers[site.Id], lane), out var arrivals)) lanes[(numbers[site.Id], lane)] = arrivals = [];
            var walk = Search.Job.Metres(unit, site) / o.MetresPerMinute;
            for (var h = slot.First; h <= slot.Last; h++)
            {
                var people = unit.Households[h][slot.Lane];
                if (people == 0) continue;
                if (random.NextDouble() < o.NoShow)
                {
                    absent += people;
                    continue;
                }

                var at = Comes(slot.Slot * (double)request.SlotMinutes, request.SlotMinutes, o, random) + (walk * 0.2 * random.NextDouble());
                if (o.Rush is { } rush) at = rush.Of(at);
                for (var p = 0; p < people; p++) arrivals.Add(new(at, slot.Lane, unit.Id, h));
            }
        }

        var waits = new List<double>();
        var visits = new List<SimulatedVisit>();
        var (finish, steps) = (0.0, new List<(int Site, double At, int Step)>());
        foreach (var ((number, lane), arrivals) in lanes)
        {
            ct.ThrowIfCancellationRequested();
            var tables = Tables(request, plan, request.Sites[number], lane);
            if (tables.Count == 0) continue;
            finish = Math.Max(finish, Serve([.. arrivals.OrderBy(a => a.At)], tables, o, random, (at, step) => steps.Add((number, at, step)), (person, table, at) =>
            {
                waits.Add(at - person.At);
                visits.Add(new SimulatedVisit(person.UnitId, person.Household, person.Lane, request.Sites[number].Id, lane, table, person.At, at));
            }));
        }

        return new SimulatedDay(waits.Count, absent, finish, Quarters(request, steps), Percentiles(waits)) { Visits = visits };
    }

    private static double Comes(double start, int minutes, SimulatorOptions o, Random random)
    {
        var (kind, within) = (random.NextDouble(), random.NextDouble());
        if (kind < o.Early) return start - (within * EarlyMinutes);
        return kind < o.Early + o.Late ? start + minutes + (within * LateMinutes) : start + (within * minutes);
    }

    /// <summary>Serves a lane; the answer is when the last is done.</summary>
    private static double Serve(List<Arrival> arrivals, List<Table> tables, SimulatorOptions o, Random random, Action<double, int> step, Action<Arrival, int, double> served)
    {
        var free = new PriorityQueue<Table, (double, int)>();
        for (var i = 0; i < tables.Count; i++) free.Enqueue(tables[i], (tables[i].From, i));
        var (green, others) = (new Queue<Arrival>(), new Queue<Arrival>());
        var (next, finish) = (0, 0.0);
        while (next < arrivals.Count || green.Count + others.Count > 0)
        {
            free.TryDequeue(out var table, out var at);
            var now = at.Item1;
            if (green.Count + others.Count == 0) now = Math.Max(now, arrivals[next].At);
            for (; next < arrivals.Count && arrivals[next].At <= now; next++)
            {
                (arrivals[next].IsGreen ? green : others).Enqueue(arrivals[next]);
                step(arrivals[next].At, 1);
            }

            var works = table!.NextAt(now); // a lane with people has a table that ends last
            if (works > now)
            {
                if (!double.IsPositiveInfinity(works)) free.Enqueue(table, (works, at.Item2));
                continue;
            }

            var person = green.Count > 0 ? green.Dequeue() : others.Dequeue();
            served(person, at.Item2, now);
            step(now, -1);
            finish = now + (60.0 / table.Rate * (1 + (o.Spread * ((2 * random.NextDouble()) - 1))));
            free.Enqueue(table, (finish, at.Item2));
            if (next == arrivals.Count && green.Count + others.Count == 0) break;
        }

        return free.UnorderedItems.Select(x => x.Priority.Item1).Append(finish).Where(x => x < double.PositiveInfinity).Max();
    }

    private static List<Table> Tables(SamplingRequest request, SamplingPlan plan, SamplingSite site, SamplingLane lane)
    {
        var loads = plan.Loads.Where(l => l.SiteId == site.Id && l.Lane == lane).OrderBy(l => l.Slot).ToList();
        var tables = new List<Table>();
        if (loads.Count == 0) return tables;
        var rates = site.Tables.Where(t => t.Lane == lane).Select(t => t.RatePerHour).OrderDescending().ToList();
        for (var i = 0; i < Math.Min(rates.Count, loads.Max(l => l.Tables)); i++)
        {
            var own = loads.Where(l => l.Tables > i).ToList();
            var until = i < loads[^1].Tables ? double.MaxValue : (own[^1].Slot + 1.0) * request.SlotMinutes;
            tables.Add(new Table(rates[i], own[0].Slot * (double)request.SlotMinutes, until));
        }

        return tables;
    }

    private static List<QueueQuarter> Quarters(SamplingRequest request, List<(int Site, double At, int Step)> steps)
    {
        var longest = new SortedDictionary<(int Site, int Quarter), int>();
        foreach (var site in steps.GroupBy(s => s.Site))
        {
            var (waiting, quarter) = (0, int.MinValue);
            foreach (var (_, at, step) in site.OrderBy(s => s.At).ThenByDescending(s => s.Step))
            {
                var now = (int)Math.Floor(at / 15);
                // Who waits at the end of a quarter waits all through those without any coming and going.
                for (var q = Math.Max(quarter + 1, now - 400); q <= now && waiting > 0; q++) Note(site.Key, q, waiting);
                quarter = now;
                waiting += step;
                Note(site.Key, now, waiting);
            }
        }

        void Note(int site, int quarter, int waiting)
        {
            if (waiting > longest.GetValueOrDefault((site, quarter))) longest[(site, quarter)] = waiting;
        }

        return [.. longest.Select(x => new QueueQuarter(request.Sites[x.Key.Site].Id, x.Key.Quarter, x.Value))];
    }

    private static Dictionary<int, double> Percentiles(List<double> waits)
    {
        waits.Sort();
        return Shares.ToDictionary(s => s, s => waits.Count == 0 ? 0 : waits[Math.Clamp((int)Math.Ceiling(s / 100.0 * waits.Count) - 1, 0, waits.Count - 1)]);
    }

    private readonly record struct Arrival(double At, SamplingLane Lane, Guid UnitId, int Household)
    {
        public bool IsGreen => Lane == SamplingLane.Green;
    }

    /// <summary>A table at work from its first slot to its last, or until nobody waits.</summary>
    private sealed record Table(int Rate, double From, double Until)
    {
        /// <summary>The first moment from one on at which it works; infinite: never again.</summary>
        public double NextAt(double minute) => minute < From ? From : minute < Until ? minute : double.PositiveInfinity;
    }
}
