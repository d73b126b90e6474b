namespace Tongxin.Core.Sampling.Figures;

/// <summary>How many stand at each post, shift by shift: even shifts of whole slots from a site's first slot to its last.</summary>
internal static class StaffNeeds
{
    private const int WaitingPerOrder = 50, TablesPerPacker = 4, StaffPerReserve = 10;

    public static List<PostNeed> Of(SamplingRequest request, IReadOnlyList<SlotLoad> loads, IReadOnlyList<QueueQuarter> queues)
    {
        var needs = new List<PostNeed>();
        var longest = queues.ToLookup(q => q.SiteId);
        foreach (var site in loads.GroupBy(l => l.SiteId))
        {
            var (first, end) = (site.Min(l => l.Slot), site.Max(l => l.Slot) + 1);
            var shifts = Up((end - first) * request.SlotMinutes, request.ShiftMinutes);
            var slots = Up(end - first, shifts);
            for (var from = first; from < end; from += slots)
            {
                var to = Math.Min(from + slots, end);
                var shift = site.Where(l => l.Slot >= from && l.Slot < to).ToList();
                if (shift.Count == 0) continue;
                var tables = shift.GroupBy(l => l.Slot).Max(s => s.Sum(l => l.Tables));
                var waiting = longest[site.Key].Where(q => q.Quarter * 15 >= from * request.SlotMinutes && q.Quarter * 15 < to * request.SlotMinutes).Select(q => q.Waiting).DefaultIfEmpty().Max();
                void Need(SamplingPost post, int people) => needs.Add(new(site.Key, post, request.SlotStart(from), request.SlotStart(to), people));
                Need(SamplingPost.SiteLead, 1);
                Need(SamplingPost.Sampler, tables);
                Need(SamplingPost.Clerk, tables);
                Need(SamplingPost.Order, 2 + (waiting / WaitingPerOrder));
                Need(SamplingPost.Guide, shift.DistinctBy(l => l.Lane).Count() + 1);
                Need(SamplingPost.Packer, Up(tables, TablesPerPacker));
                Need(SamplingPost.Reserve, Up(2 * tables, StaffPerReserve));
            }
        }

        return needs;
    }

    private static int Up(int what, int per) => (what + per - 1) / per;
}
