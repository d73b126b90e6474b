namespace Tongxin.Core.Sampling.Search;

/// <summary>
/// Which tables are staffed when there is not staff for all. The lanes of few people get as many table-slots as they need, from the
/// first slot on; the normal lane gets the rest, the fastest tables first.
/// </summary>
internal sealed class Staffing
{
    private const double Spare = 1.15;
    private readonly int _tables;
    private readonly int[] _atOnce = new int[Grid.Lanes], _until = new int[Grid.Lanes];
    private readonly int _days;

    private readonly ILookup<int, SlotLoad>? _before;
    private readonly List<Guid> _sites;

    /// <param name="request">The round.</param>
    /// <param name="jobs">Who is to be placed.</param>
    /// <param name="before">What was planned: these tables stay staffed as far as they are there.</param>
    public Staffing(SamplingRequest request, IReadOnlyList<Job> jobs, IReadOnlyList<SlotLoad>? before = null)
    {
        _before = before?.ToLookup(l => l.Slot);
        _sites = [.. request.Sites.Select(s => s.Id)];
        _tables = request.Staff.Tables;
        var all = request.Sites.SelectMany(s => s.Tables).ToList();
        if (all.Count <= _tables || _tables == 0) return;
        double PerTable(SamplingLane? lane) => Math.Max(1, SamplingSize.SlotCapacity(1, request.SlotMinutes * 100) / 100.0 * all.Where(t => lane is null || t.Lane == lane).Select(t => t.RatePerHour).DefaultIfEmpty(1).Average());
        var people = jobs.GroupBy(j => j.Lane).ToDictionary(g => g.Key, g => g.Sum(j => j.People));
        _days = Math.Clamp((int)Math.Ceiling(people.Values.Sum() / (PerTable(null) * _tables)), 1, request.Slots);
        foreach (var lane in (ReadOnlySpan<SamplingLane>)[SamplingLane.Green, SamplingLane.Apart])
        {
            var need = (int)Math.Ceiling(people.GetValueOrDefault(lane) * Spare / PerTable(lane));
            _atOnce[(int)lane] = (need + _days - 1) / _days;
            _until[(int)lane] = need == 0 ? 0 : (need + _atOnce[(int)lane] - 1) / _atOnce[(int)lane];
        }
    }

    /// <summary>The tables that are staffed in a slot; the first that can be planned is the given number of slots before it.</summary>
    public IReadOnlyList<OpenTable> Choose(IReadOnlyList<OpenTable> open, int slot, int first)
    {
        if (open.Count <= _tables) return open;
        var chosen = new List<OpenTable>();
        foreach (var load in _before?[slot] ?? [])
            chosen.AddRange(Fastest(open.Where(t => t.Site == _sites.IndexOf(load.SiteId)), (int)load.Lane).Take(Math.Min(load.Tables, _tables - chosen.Count)));
        if (chosen.Count == _tables) return chosen;
        open = [.. Without(open, chosen)];
        slot -= first;
        foreach (var lane in (ReadOnlySpan<int>)[(int)SamplingLane.Apart, (int)SamplingLane.Green])
        {
            var most = slot < _until[lane] || slot >= _days ? _atOnce[lane] : 0;
            chosen.AddRange(Fastest(open, lane).Take(Math.Min(most, _tables - chosen.Count)));
        }

        chosen.AddRange(Fastest(open, (int)SamplingLane.Normal).Take(_tables - chosen.Count));
        return chosen;
    }

    private static IEnumerable<OpenTable> Without(IReadOnlyList<OpenTable> open, IReadOnlyList<OpenTable> chosen)
    {
        var gone = chosen.GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
        foreach (var table in open)
        {
            if (gone.TryGetValue(table, out var left) && left > 0) gone[table] = left - 1;
            else yield return table;
        }
    }

    // Every site's first table before any site's second, so that the people's ways stay short.
    private static IEnumerable<OpenTable> Fastest(IEnumerable<OpenTable> open, int lane) => open
        .Where(t => t.Lane == lane)
        .GroupBy(t => t.Site)
        .SelectMany(g => g.OrderByDescending(t => t.Rate).Select((t, i) => (Table: t, Nth: i)))
        .OrderByDescending(x => x.Table.Rate).ThenBy(x => x.Nth).ThenBy(x => x.Table.Site)
        .Select(x => x.Table);
}
