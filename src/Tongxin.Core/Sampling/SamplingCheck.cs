using Tongxin.Core.Protocols;

namespace Tongxin.Core.Sampling;

/// <summary>Holds a plan against its request without asking the planner: every hard rule and every figure. The tests trust this alone.</summary>
public static class SamplingCheck
{
    /// <summary>What is wrong with a first plan; empty when it may be used.</summary>
    public static IReadOnlyList<string> Run(SamplingRequest request, SamplingPlan plan) => new SamplingFindings(request, plan, 0, []).All();

    /// <summary>What is wrong with a changed plan. Slots that had begun are taken as they are.</summary>
    public static IReadOnlyList<string> Run(SamplingRequest changed, SamplingPlan plan, SamplingProgress progress) =>
        new SamplingFindings(changed, plan, progress.FirstSlot(changed), progress.Done).All();
}

/// <summary>The findings about one plan.</summary>
internal sealed class SamplingFindings(SamplingRequest request, SamplingPlan plan, int from, IReadOnlyList<UnitDone> done)
{
    private readonly List<string> _findings = [];
    private readonly Dictionary<Guid, SamplingUnit> _units = request.Units.ToDictionary(u => u.Id);
    private readonly Dictionary<Guid, SamplingSite> _sites = request.Sites.ToDictionary(s => s.Id);

    public IReadOnlyList<string> All()
    {
        foreach (var unit in request.Units)
            foreach (var lane in (SamplingLane[])[SamplingLane.Normal, SamplingLane.Green, SamplingLane.Apart]) Households(unit, lane);
        foreach (var slot in plan.Slots.Where(s => s.Slot >= from)) Slot(slot);
        Loads();
        Figures();
        return _findings;
    }

    private void Say(bool isWrong, string what)
    {
        if (isWrong) _findings.Add(what);
    }

    /// <summary>Everybody once, in order, at one site, without a pause; or named as not placed.</summary>
    private void Households(SamplingUnit unit, SamplingLane lane)
    {
        var with = Enumerable.Range(0, unit.Households.Count).Where(h => unit.Households[h][lane] > 0).ToList();
        var own = plan.Slots.Where(s => s.UnitId == unit.Id && s.Lane == lane).OrderBy(s => s.Slot).ToList();
        var next = own.Where(s => s.Slot >= from).ToList();
        var isUnplaced = plan.Unplaced.Any(u => u.UnitId == unit.Id && u.Lane == lane);
        Say(isUnplaced && next.Count > 0, $"{unit.Id} {lane}: placed and not placed");
        Say(own.Any(s => s.People != Enumerable.Range(s.First, s.Last - s.First + 1).Sum(h => unit.Households[h][lane])), $"{unit.Id} {lane}: people of a slot");
        Say(own.Any(s => unit.Households[s.First][lane] == 0 || unit.Households[s.Last][lane] == 0), $"{unit.Id} {lane}: borders");
        var reported = done.FirstOrDefault(d => d.UnitId == unit.Id && d.Lane == lane);
        var past = reported?.Households ?? own.Where(s => s.Slot < from).Sum(s => Enumerable.Range(s.First, s.Last - s.First + 1).Count(h => unit.Households[h][lane] > 0));
        var covered = next.SelectMany(s => Enumerable.Range(s.First, s.Last - s.First + 1).Where(h => unit.Households[h][lane] > 0)).ToList();
        if (!isUnplaced) Say(!covered.SequenceEqual(with.Skip(past)), $"{unit.Id} {lane}: not everybody once and in order");
        Say(isUnplaced && plan.Unplaced.First(u => u.UnitId == unit.Id && u.Lane == lane).People != with.Skip(past).Sum(h => unit.Households[h][lane]), $"{unit.Id} {lane}: people not placed");
        Say(next.DistinctBy(s => s.SiteId).Count() > 1, $"{unit.Id} {lane}: two sites");
        Say(next.Where((s, i) => i > 0 && s.Slot != next[i - 1].Slot + 1).Any(), $"{unit.Id} {lane}: a pause");
    }

    private void Slot(UnitSlot slot)
    {
        if (!_units.TryGetValue(slot.UnitId, out var unit) || !_sites.TryGetValue(slot.SiteId, out var site) || slot.Slot >= request.Slots)
        {
            _findings.Add($"{slot}: unknown");
            return;
        }

        var (starts, ends) = (request.Start.AddMinutes(slot.Slot * request.SlotMinutes), request.Start.AddMinutes((slot.Slot + 1) * request.SlotMinutes));
        Say(unit.Forbidden.Any(w => w.Starts < ends && w.Ends > starts), $"{slot}: forbidden");
        Say(site.Open is { } open && !open.Any(w => w.Starts <= starts && w.Ends >= ends), $"{slot}: closed");
        Say(site.Only is { } only && only != unit.Risk, $"{slot}: a site for another level");
        Say(slot.Lane == SamplingLane.Home, $"{slot}: at home");
        Say(slot.Lane == SamplingLane.Apart && site.Tables.All(t => t.Lane != SamplingLane.Apart), $"{slot}: apart lane");
    }

    private void Loads()
    {
        var expected = plan.Slots.Where(s => s.Slot >= from && _sites.ContainsKey(s.SiteId))
            .GroupBy(s => (s.SiteId, Lane: s.Lane == SamplingLane.Green && !_sites[s.SiteId].Tables.Any(t => t.Lane == SamplingLane.Green) ? SamplingLane.Normal : s.Lane, s.Slot))
            .ToDictionary(g => g.Key, g => (People: g.Sum(s => s.People), Risks: g.Select(s => _units[s.UnitId].Risk).Distinct().ToList()));
        var loads = plan.Loads.Where(l => l.Slot >= from).ToList();
        Say(loads.Count != expected.Count, "loads");
        foreach (var load in loads)
        {
            if (!expected.TryGetValue((load.SiteId, load.Lane, load.Slot), out var real))
            {
                _findings.Add($"{load}: nobody there");
                continue;
            }

            var rates = _sites[load.SiteId].Tables.Where(t => t.Lane == load.Lane).Select(t => t.RatePerHour).OrderDescending().ToList();
            Say(load.Tables > rates.Count || load.Tables < 1, $"{load}: tables");
            var places = (int)Math.Floor(rates.Take(load.Tables).Sum() * (request.SlotMinutes / 60m) * 0.85m);
            Say(load.Capacity != places, $"{load}: places are {places}");
            Say(load.People != real.People, $"{load}: people are {real.People}");
            Say(real.People > places, $"{load}: over capacity");
        }

        foreach (var slot in plan.Slots.Where(s => s.Slot >= from).GroupBy(s => (s.SiteId, s.Slot)))
        {
            var risks = slot.Select(s => _units[s.UnitId].Risk).Distinct().ToList();
            Say(risks.Count > 1, $"{slot.Key}: levels of risk together");
            Say(loads.Any(l => l.SiteId == slot.Key.SiteId && l.Slot == slot.Key.Slot && l.Risk != risks[0]), $"{slot.Key}: risk of the load");
        }

        foreach (var slot in loads.GroupBy(l => l.Slot))
            Say(slot.Sum(l => (long)l.Tables) > request.Staff.Tables, $"slot {slot.Key}: more tables than staff");
    }

    private void Figures()
    {
        var score = plan.Score;
        var finish = plan.Loads.Select(l => (l.Slot * request.SlotMinutes) + (int)Math.Ceiling((decimal)l.People * request.SlotMinutes / Math.Max(1, l.Capacity))).DefaultIfEmpty().Max();
        Say(score.FinishMinutes != finish, $"finish is {finish}");
        Say(plan.Unplaced.Count == 0 && score.FinishMinutes < score.BoundMinutes, "ends before the bound");
        Say(score.BoundMinutes < plan.Bounds.Max(b => b.Minutes), "bound");
        Say(score.WalkMetres != plan.Slots.Sum(Walk), "walking");
        Queues();
        Staff();
        Supplies();
        var home = request.Units.Where(u => u.Households.Any(h => h.Home > 0)).Select(u => (u.Id, u.Households.Count(h => h.Home > 0), u.Households.Sum(h => h.Home))).Order().ToList();
        Say(!plan.HomeVisits.Select(h => (h.UnitId, h.Households, h.People)).Order().SequenceEqual(home), "home visits");
        Say(plan.HomeVisits.Where((h, i) => i > 0 && plan.HomeVisits[i - 1].BuildingId != h.BuildingId && plan.HomeVisits.Take(i).Any(x => x.BuildingId == h.BuildingId)).Any(), "home visits are not by building");
    }

    private long Walk(UnitSlot slot)
    {
        if (!_units.TryGetValue(slot.UnitId, out var unit) || !_sites.TryGetValue(slot.SiteId, out var site)) return 0;
        if (unit.WalkMetres?.TryGetValue(site.Id, out var metres) is true) return (long)metres * slot.People;
        return unit.At is { } a && site.At is { } b ? slot.People * (long)Math.Round(Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)))) : 0;
    }

    /// <summary>The same queue as a running balance of arrivals and service, computed lane by lane for each site.</summary>
    private void Queues()
    {
        var longest = 0;
        foreach (var site in _sites.Values)
        {
            var lanes = plan.Loads.Where(l => l.SiteId == site.Id).GroupBy(l => l.Lane).Select(g => (Loads: g.OrderBy(l => l.Slot).ToList(), Queue: new double[1])).ToList();
            var byQuarter = new Dictionary<int, double>();
            for (var m = -15; m < (request.Slots * request.SlotMinutes) + 585; m++)
            {
                foreach (var (loads, queue) in lanes)
                {
                    var came = loads.Sum(l => l.People * ShareAt(m - (l.Slot * request.SlotMinutes)));
                    var at = loads.LastOrDefault(l => l.Slot * request.SlotMinutes <= m);
                    var rate = at is null ? 0 : site.Tables.Where(t => t.Lane == at.Lane).Select(t => t.RatePerHour).OrderDescending().Take(at.Tables).Sum() / 60.0;
                    queue[0] = Math.Max(0, queue[0] + came - rate);
                }

                var quarter = (int)Math.Floor(m / 15.0);
                byQuarter[quarter] = Math.Max(byQuarter.GetValueOrDefault(quarter), lanes.Sum(l => l.Queue[0]));
            }

            var said = plan.Queues.Where(q => q.SiteId == site.Id).ToDictionary(q => q.Quarter, q => q.Waiting);
            foreach (var (quarter, waiting) in byQuarter)
                Say(Math.Abs(said.GetValueOrDefault(quarter) - waiting) > 1.001, $"queue of {site.Id} in quarter {quarter} is {waiting:0.0}");
            Say(plan.Crowded.Contains(site.Id) != (said.Values.DefaultIfEmpty().Max() > site.QueueRoom), $"room of {site.Id}");
            longest = Math.Max(longest, said.Values.DefaultIfEmpty().Max());
        }

        if (plan.Queues.All(q => _sites.ContainsKey(q.SiteId))) Say(plan.Score.LongestQueue != longest, "longest queue");
    }

    private double ShareAt(int minute)
    {
        var (early, late) = (request.Arrivals.Early, request.Arrivals.Late);
        if (minute is >= -15 and < 0) return early / 15;
        if (minute >= 0 && minute < request.SlotMinutes) return (1 - early - late) / request.SlotMinutes;
        return minute >= request.SlotMinutes && minute < request.SlotMinutes + 15 ? late / 15 : 0;
    }

    private void Staff()
    {
        foreach (var site in plan.Loads.GroupBy(l => l.SiteId))
        {
            foreach (var slot in site.GroupBy(l => l.Slot))
            {
                var starts = request.Start.AddMinutes(slot.Key * request.SlotMinutes);
                var posts = plan.Staff.Where(n => n.SiteId == site.Key && n.Starts <= starts && starts < n.Ends).ToLookup(n => n.Post);
                var tables = slot.Sum(l => l.Tables);
                foreach (var post in Enum.GetValues<SamplingPost>()) Say(posts[post].Count() != 1, $"{site.Key} slot {slot.Key}: {post}");
                foreach (var post in (SamplingPost[])[SamplingPost.Sampler, SamplingPost.Clerk]) Say(posts[post].Sum(n => n.Needed) < tables, $"{site.Key} slot {slot.Key}: {post}");
                Say(posts[SamplingPost.Packer].Sum(n => n.Needed) * 4 < tables || posts[SamplingPost.SiteLead].Sum(n => n.Needed) != 1, $"{site.Key} slot {slot.Key}: posts");
                Say(posts[SamplingPost.Reserve].Sum(n => n.Needed) * 10 < 2 * tables || posts[SamplingPost.Guide].Sum(n => n.Needed) <= slot.Count(), $"{site.Key} slot {slot.Key}: posts");
            }
        }

        Say(plan.Staff.Any(n => (n.Ends - n.Starts).TotalMinutes > Math.Max(request.ShiftMinutes, request.SlotMinutes) + request.SlotMinutes), "a shift too long");
    }

    private void Supplies()
    {
        var at = plan.Loads.Sum(l => l.People);
        var single = plan.Loads.Where(l => l.Lane == SamplingLane.Apart || l.Risk == RiskLevel.High).Sum(l => l.People);
        var home = plan.HomeVisits.Sum(h => h.People);
        var supplies = plan.Supplies;
        Say(supplies.Swabs < (at + home) * 1.05m || supplies.Swabs > ((at + home) * 1.05m) + 1, "swabs");
        Say(supplies.Tubes.Sum(t => (long)t.Key * t.Value) < (at + home) * 1.05m, "tubes");
        Say(request.PeoplePerTube > 1 && supplies.Tubes.GetValueOrDefault(1) != (int)Math.Ceiling(single * 1.05m), "single tubes");
        Say(supplies.Labels != 2 * supplies.Tubes.Values.Sum() || supplies.Boxes * 50 < supplies.Tubes.Values.Sum(), "labels and boxes");
        Say(supplies.ProtectiveSets != plan.Staff.Sum(n => n.Needed) + plan.HomeVisits.Sum(h => h.Households), "protective sets");
    }
}
