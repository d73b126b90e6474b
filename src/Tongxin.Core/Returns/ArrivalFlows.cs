using Tongxin.Core.Common;

namespace Tongxin.Core.Returns;

/// <summary>The counts of a plan: how many of each college on each day, how many of them where they were.</summary>
internal sealed class ArrivalFlows
{
    private readonly ArrivalRequest _request;
    private readonly int _colleges;
    private readonly int[] _people;

    public ArrivalFlows(ArrivalRequest request)
    {
        _request = request;
        _colleges = request.People.Count == 0 ? 0 : request.People.Max(p => p.College) + 1;
        _people = new int[_colleges];
        foreach (var person in request.People) _people[person.College]++;
    }

    /// <summary>How many can be placed in the first slots.</summary>
    public int MostPlaced(int slots)
    {
        var places = DayPlaces(slots);
        var days = places.Length;
        var flow = new MinCostFlow(_colleges + days + 2);
        var (source, sink) = (_colleges + days, _colleges + days + 1);
        for (var c = 0; c < _colleges; c++)
        {
            flow.Arc(source, c, _people[c]);
            for (var d = 0; d < days; d++) flow.Arc(c, _colleges + d, Math.Min(_people[c], _request.Quota(c, d)));
        }
        for (var d = 0; d < days; d++) flow.Arc(_colleges + d, sink, places[d]);
        return flow.Run(source, sink);
    }

    /// <summary>The first slot by the end of which so many can have come; -1 when nobody comes.</summary>
    public int EarliestFinish(int placed)
    {
        if (placed == 0) return -1;
        var (low, high) = (1, _request.Slots.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (MostPlaced(middle) >= placed) high = middle;
            else low = middle + 1;
        }
        return low - 1;
    }

    /// <summary>
    /// The most people in the first slots with the fewest moves. Keep: by college and slot, how many of those who are there stay. Add: by
    /// college and day, how many come from elsewhere; within a day it does not matter in which slot.
    /// </summary>
    public (int[,] Keep, int[,] Add) FewestMoves(int slots)
    {
        var days = slots == 0 ? 0 : _request.Slots[slots - 1].Day + 1;
        var here = new int[_colleges, Math.Max(slots, 1)];
        foreach (var person in _request.People)
            if (person.Before >= 0 && person.Before < slots) here[person.College, person.Before]++;

        // College > (college, day) with its quota > slot, where staying is free and coming costs one > end.
        int DayNode(int c, int d) => _colleges + (c * days) + d;
        var slotBase = _colleges + (_colleges * days);
        var (source, sink) = (slotBase + slots, slotBase + slots + 1);
        var flow = new MinCostFlow(sink + 1);
        var stays = new List<(int College, int Slot, int Arc)>();
        var comes = new List<(int College, int Day, int Arc)>();
        for (var c = 0; c < _colleges; c++)
        {
            flow.Arc(source, c, _people[c]);
            for (var d = 0; d < days; d++) flow.Arc(c, DayNode(c, d), Math.Min(_people[c], _request.Quota(c, d)));
            for (var s = 0; s < slots; s++)
                if (here[c, s] > 0) stays.Add((c, s, flow.Arc(DayNode(c, _request.Slots[s].Day), slotBase + s, here[c, s])));
            for (var s = 0; s < slots; s++) comes.Add((c, _request.Slots[s].Day, flow.Arc(DayNode(c, _request.Slots[s].Day), slotBase + s, _people[c], cost: 1)));
        }
        for (var s = 0; s < slots; s++) flow.Arc(slotBase + s, sink, _request.Slots[s].Capacity);
        flow.Run(source, sink);

        var (keep, add) = (new int[_colleges, Math.Max(slots, 1)], new int[_colleges, Math.Max(days, 1)]);
        foreach (var (c, s, arc) in stays) keep[c, s] = flow.FlowOf(arc);
        foreach (var (c, d, arc) in comes) add[c, d] += flow.FlowOf(arc);
        return (keep, add);
    }

    private int[] DayPlaces(int slots)
    {
        var places = new int[slots == 0 ? 0 : _request.Slots[slots - 1].Day + 1];
        for (var s = 0; s < slots; s++) places[_request.Slots[s].Day] += _request.Slots[s].Capacity;
        return places;
    }
}
