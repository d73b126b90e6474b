namespace Tongxin.Core.Sampling.Search;

/// <summary>Places of every lane of every site in every slot.</summary>
internal sealed class Grid
{
    public const int Lanes = 3;
    private readonly bool[] _hasGreen;

    public Grid(SamplingRequest request, IReadOnlyList<Job> jobs, int from, IReadOnlyList<SlotLoad>? before = null)
    {
        (Sites, Slots, Minutes, From) = (request.Sites.Count, request.Slots, request.SlotMinutes, from);
        (Open, Full, Tables) = (new int[Sites * Lanes * Slots], new int[Sites * Lanes * Slots], new int[Sites * Lanes * Slots]);
        StaffPlaces = [.. Enumerable.Repeat(int.MaxValue, Slots)];
        _hasGreen = [.. request.Sites.Select(s => s.Tables.Any(t => t.Lane == SamplingLane.Green))];
        Only = [.. request.Sites.Select(s => s.Only is { } only ? (int)only : 0)];
        var staffing = new Staffing(request, jobs, before);
        for (var t = from; t < Slots; t++)
        {
            var open = request.Sites.SelectMany((site, s) => IsOpen(request, site, t) ? site.Tables.Select(table => new OpenTable(s, (int)table.Lane, table.RatePerHour)) : []).ToList();
            if (open.Count > request.Staff.Tables)
                StaffPlaces[t] = SamplingSize.SlotCapacity(open.Select(o => o.Rate).OrderDescending().Take(request.Staff.Tables).Sum(), Minutes);
            Count(open, Open, t, null);
            Count(staffing.Choose(open, t, from), Full, t, Tables);
        }
    }

    public int Sites { get; }

    public int Slots { get; }

    public int Minutes { get; }

    /// <summary>First slot that can still be planned.</summary>
    public int From { get; }

    /// <summary>Places with every open table staffed.</summary>
    public int[] Open { get; }

    /// <summary>Places with the tables that are staffed.</summary>
    public int[] Full { get; }

    /// <summary>Tables staffed.</summary>
    public int[] Tables { get; }

    /// <summary>By slot: places that the staff there is can serve at most, wherever it stands.</summary>
    public int[] StaffPlaces { get; }

    /// <summary>By site: the one level it serves; 0: every level.</summary>
    public int[] Only { get; }

    public int Horizon => Slots * Minutes;

    public int Cell(int site, int lane, int slot) => (((site * Lanes) + lane) * Slots) + slot;

    /// <summary>The lane in which people of a lane stand at a site.</summary>
    public int LaneAt(int site, SamplingLane lane) => lane == SamplingLane.Green && !_hasGreen[site] ? (int)SamplingLane.Normal : (int)lane;

    /// <summary>Places of a slot that are served by a minute.</summary>
    public int By(int places, int slot, int minute) => (int)((long)places * Math.Clamp(minute - (slot * Minutes), 0, Minutes) / Minutes);

    /// <summary>The minute at which so many people of a slot are served.</summary>
    public int Served(int people, int places, int slot) => (slot * Minutes) + (int)((((long)people * Minutes) + places - 1) / places);

    public static bool IsOpen(SamplingRequest request, SamplingSite site, int slot) =>
        site.Open is null || site.Open.Any(w => w.Starts <= request.SlotStart(slot) && request.SlotStart(slot + 1) <= w.Ends);

    private void Count(IEnumerable<OpenTable> tables, int[] places, int slot, int[]? counts)
    {
        foreach (var lane in tables.GroupBy(t => (t.Site, t.Lane)))
        {
            var cell = Cell(lane.Key.Site, lane.Key.Lane, slot);
            places[cell] = SamplingSize.SlotCapacity(lane.Sum(t => t.Rate), Minutes);
            if (counts is not null) counts[cell] = lane.Count();
        }
    }
}

internal readonly record struct OpenTable(int Site, int Lane, int Rate);
