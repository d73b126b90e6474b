namespace Tongxin.Core.Returns;

/// <summary>
/// Gives everybody a slot: never over the capacity of a slot nor the quota of a college on a day; as many people as can be; ending as early
/// as can be; of those who had a slot as few as can be move; families and roommates together where it costs none of that.
/// </summary>
/// <remarks>
/// How many of a college come on a day, and how many keep their slot, is a flow and therefore exact; who exactly, and together with whom, is
/// filled in after it. Deterministic. 30,000 people, 40 colleges, 20 days of 24 slots: well under a second.
/// </remarks>
public static class ArrivalPlanner
{
    /// <summary>The plan.</summary>
    public static ArrivalPlan Plan(ArrivalRequest request, CancellationToken ct = default)
    {
        for (var s = 1; s < request.Slots.Count; s++)
            if (request.Slots[s].Day < request.Slots[s - 1].Day) throw new ArgumentException("Slots are in order of time.", nameof(request));
        var flows = new ArrivalFlows(request);
        var most = flows.MostPlaced(request.Slots.Count);
        var bound = flows.EarliestFinish(most);
        ct.ThrowIfCancellationRequested();

        // Who already comes later than the earliest end is not moved for the end's sake alone.
        var before = request.People.Select(p => p.Before).DefaultIfEmpty(-1).Max();
        var slots = Math.Max(bound, Math.Min(before, request.Slots.Count - 1)) + 1;
        var (keep, add) = flows.FewestMoves(slots);
        ct.ThrowIfCancellationRequested();
        var slotOf = new ArrivalFill(request, slots).Fill(keep, add);
        return Describe(request, slotOf, bound);
    }

    private static ArrivalPlan Describe(ArrivalRequest request, int[] slotOf, int bound)
    {
        var people = request.People;
        var groups = Enumerable.Range(0, people.Count).Where(i => people[i].Group >= 0).GroupBy(i => (people[i].College, people[i].Group))
            .Select(g => g.Select(i => slotOf[i]).ToList()).Where(g => g.Count > 1 && !g.Contains(-1)).ToList();
        return new ArrivalPlan(
            slotOf, slotOf.Count(s => s >= 0),
            Enumerable.Range(0, people.Count).Count(i => people[i].Before >= 0 && slotOf[i] != people[i].Before),
            slotOf.DefaultIfEmpty(-1).Max(), bound, groups.Count,
            groups.Count(g => g.TrueForAll(s => s == g[0])),
            groups.Count(g => g.TrueForAll(s => request.Slots[s].Day == request.Slots[g[0]].Day)),
            Gaps(request, slotOf));
    }

    private static List<ArrivalGap> Gaps(ArrivalRequest request, int[] slotOf)
    {
        var used = new Dictionary<(int College, int Day), int>();
        var taken = new int[request.Slots.Count];
        for (var i = 0; i < slotOf.Length; i++)
        {
            if (slotOf[i] < 0) continue;
            taken[slotOf[i]]++;
            var key = (request.People[i].College, request.Slots[slotOf[i]].Day);
            used[key] = used.GetValueOrDefault(key) + 1;
        }
        var freeDays = Enumerable.Range(0, request.Slots.Count).Where(s => taken[s] < request.Slots[s].Capacity).Select(s => request.Slots[s].Day).ToHashSet();
        return
        [
            .. Enumerable.Range(0, slotOf.Length).Where(i => slotOf[i] < 0).GroupBy(i => request.People[i].College).OrderBy(g => g.Key).Select(g => new ArrivalGap(
                g.Key, g.Count(),
                // A free place on some day that the college may not use any more: its quotas stand in the way, not the lanes.
                freeDays.Any(d => used.GetValueOrDefault((g.Key, d)) >= request.Quota(g.Key, d)) ? GapCause.Quota : GapCause.Capacity)),
        ];
    }
}
