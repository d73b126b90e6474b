using Tongxin.Core.Protocols;

namespace Tongxin.Core.Sampling.Figures;

/// <summary>Counts what must be there; the assumptions are those of <see cref="SamplingSupplies"/>.</summary>
internal static class SupplyList
{
    private const int TubesPerBox = 50, LabelsPerTube = 2;

    public static SamplingSupplies Of(SamplingRequest request, IReadOnlyList<SlotLoad> loads, IReadOnlyList<PostNeed> staff, IReadOnlyList<HomeStop> homes)
    {
        var tubes = new SortedDictionary<int, int>();
        void Add(int size, int count) => tubes[size] = tubes.GetValueOrDefault(size) + count;
        foreach (var load in loads)
        {
            var size = load.Lane == SamplingLane.Apart || load.Risk == RiskLevel.High ? 1 : request.PeoplePerTube;
            Add(size, (load.People + size - 1) / size);
        }

        var begun = staff.Where(n => n.Post == SamplingPost.Sampler).Sum(n => n.Needed);
        var (households, atHome) = (homes.Sum(h => h.Households), homes.Sum(h => h.People));
        if (begun + households > 0) Add(request.PeoplePerTube, begun + households);
        foreach (var size in tubes.Keys.ToList()) tubes[size] = More(tubes[size]);
        var all = tubes.Values.Sum();
        var sites = loads.DistinctBy(l => l.SiteId).Count();
        return new(tubes, More(loads.Sum(l => l.People) + atHome), staff.Sum(n => n.Needed) + households, all * LabelsPerTube, Math.Max(sites, (all + TubesPerBox - 1) / TubesPerBox));
    }

    // 5 % more.
    private static int More(int count) => ((count * 105) + 99) / 100;
}
