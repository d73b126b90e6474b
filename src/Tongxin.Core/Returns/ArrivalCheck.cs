namespace Tongxin.Core.Returns;

/// <summary>Holds a plan against its request without asking the planner: the tests trust this alone.</summary>
public static class ArrivalCheck
{
    /// <summary>What is wrong with a plan; empty when it may be used.</summary>
    public static IEnumerable<string> Violations(ArrivalRequest request, ArrivalPlan plan)
    {
        if (plan.SlotOf.Count != request.People.Count)
        {
            yield return "people";
            yield break;
        }
        var perSlot = new int[request.Slots.Count];
        var perDay = new Dictionary<(int College, int Day), int>();
        for (var i = 0; i < plan.SlotOf.Count; i++)
        {
            var slot = plan.SlotOf[i];
            if (slot < 0) continue;
            if (slot >= request.Slots.Count)
            {
                yield return $"person {i}: slot {slot}";
                continue;
            }
            perSlot[slot]++;
            var key = (request.People[i].College, request.Slots[slot].Day);
            perDay[key] = perDay.GetValueOrDefault(key) + 1;
        }
        for (var s = 0; s < perSlot.Length; s++)
            if (perSlot[s] > request.Slots[s].Capacity) yield return $"slot {s}: {perSlot[s]} of {request.Slots[s].Capacity}";
        foreach (var ((college, day), count) in perDay)
            if (count > request.Quota(college, day)) yield return $"college {college} day {day}: {count} of {request.Quota(college, day)}";
        if (plan.Placed != plan.SlotOf.Count(s => s >= 0)) yield return "placed";
        if (plan.Gaps.Sum(g => g.Count) != plan.SlotOf.Count - plan.Placed) yield return "gaps";
        if (plan.FinishSlot != plan.SlotOf.DefaultIfEmpty(-1).Max()) yield return "finish";
        if (plan.Moves != request.People.Where((p, i) => p.Before >= 0 && plan.SlotOf[i] != p.Before).Count()) yield return "moves";
        if (plan.Together > plan.SameDay || plan.SameDay > plan.Groups) yield return "groups";
    }

    /// <summary>No plan that places everybody ends before this slot: by the places of all slots, and by each college's quotas alone.</summary>
    public static int FinishBound(ArrivalRequest request)
    {
        var latest = -1;
        foreach (var people in request.People.GroupBy(p => p.College).Select(g => (College: (int?)g.Key, Count: g.Count())).Append((College: null, Count: request.People.Count)))
        {
            var (day, ofDay, all) = (-1, 0, 0);
            for (var s = 0; s < request.Slots.Count && all + ofDay < people.Count; s++)
            {
                if (request.Slots[s].Day != day) (day, all, ofDay) = (request.Slots[s].Day, all + ofDay, 0);
                ofDay = Math.Min(ofDay + request.Slots[s].Capacity, people.College is { } college ? request.Quota(college, day) : int.MaxValue);
                if (all + ofDay >= people.Count) latest = Math.Max(latest, s);
            }
        }
        return latest;
    }
}
