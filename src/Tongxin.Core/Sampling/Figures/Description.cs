using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling.Search;
using Tongxin.Core.Teams;

namespace Tongxin.Core.Sampling.Figures;

/// <summary>What is read off a board: the plan with all its figures.</summary>
internal sealed class Description(SamplingRequest request, Grid grid, IReadOnlyList<BoundPart> bounds)
{
    /// <summary>The plan.</summary>
    /// <param name="board">Who stands where.</param>
    /// <param name="left">Who has no slot, and why.</param>
    /// <param name="past">Slots that are over.</param>
    /// <param name="pastLoads">What sites did in them.</param>
    public SamplingPlan Of(Board board, IReadOnlyList<UnplacedUnit> left, IReadOnlyList<UnitSlot> past, IReadOnlyList<SlotLoad> pastLoads)
    {
        var order = request.Units.Select((u, i) => (u.Id, i)).ToDictionary(x => x.Id, x => x.i);
        var slots = past.Concat(board.Jobs.SelectMany(j => Slots(j, board)))
            .OrderBy(s => order.GetValueOrDefault(s.UnitId, int.MaxValue)).ThenBy(s => s.Lane).ThenBy(s => s.Slot).ToList();
        var loads = pastLoads.Concat(Loads(board)).ToList();
        var queues = QueueForecast.Of(request, loads, Rate);
        var staff = StaffNeeds.Of(request, loads, queues);
        var homes = Homes();
        var finish = loads.Select(l => grid.Served(l.People, Math.Max(l.Capacity, 1), l.Slot)).DefaultIfEmpty(0).Max();
        var sites = request.Sites.ToDictionary(s => s.Id);
        var longest = queues.GroupBy(q => q.SiteId).ToDictionary(g => g.Key, g => g.Max(q => q.Waiting));
        return new SamplingPlan
        {
            Slots = slots,
            Loads = loads,
            Queues = queues,
            Staff = staff,
            Supplies = SupplyList.Of(request, loads, staff, homes),
            HomeVisits = homes,
            Unplaced = left,
            Bounds = bounds,
            Score = new(finish, longest.Values.DefaultIfEmpty().Max(), slots.Sum(s => Walk(s, order, sites)), Math.Max(bounds[0].Minutes, pastLoads.Select(l => grid.Served(l.People, Math.Max(l.Capacity, 1), l.Slot)).DefaultIfEmpty().Max())),
            Crowded = [.. longest.Where(q => sites.TryGetValue(q.Key, out var site) && q.Value > site.QueueRoom).Select(q => q.Key)],
        };
    }

    private IEnumerable<UnitSlot> Slots(Job job, Board board)
    {
        if (board.At(job) is not { } at) yield break;
        for (var n = 0; n < at.Cuts.Length; n++)
        {
            var from = n == 0 ? 0 : at.Cuts[n - 1];
            yield return new(request.Units[job.Unit].Id, job.Lane, request.Sites[at.Site].Id, at.Slot + n, job.Households[from], job.Households[at.Cuts[n] - 1], Board.People(job, at, n));
        }
    }

    private IEnumerable<SlotLoad> Loads(Board board)
    {
        for (var s = 0; s < grid.Sites; s++)
        {
            for (var t = grid.From; t < grid.Slots; t++)
            {
                for (var l = 0; l < Grid.Lanes; l++)
                {
                    var cell = grid.Cell(s, l, t);
                    if (board.Used(s, l, t) > 0) yield return new(request.Sites[s].Id, (SamplingLane)l, t, (RiskLevel)board.RiskAt(s, t), board.Used(s, l, t), grid.Full[cell], grid.Tables[cell]);
                }
            }
        }
    }

    private int Rate(SlotLoad load) => request.Sites.FirstOrDefault(s => s.Id == load.SiteId) is { } site
        ? site.Tables.Where(t => t.Lane == load.Lane).Select(t => t.RatePerHour).OrderDescending().Take(load.Tables).Sum()
        : SamplingSize.RatePerHour * load.Tables;

    private long Walk(UnitSlot slot, Dictionary<Guid, int> order, Dictionary<Guid, SamplingSite> sites) =>
        order.TryGetValue(slot.UnitId, out var unit) && sites.TryGetValue(slot.SiteId, out var site) ? (long)slot.People * Job.Metres(request.Units[unit], site) : 0;

    private List<HomeStop> Homes() =>
    [
        .. request.Units
            .Select(u => new HomeStop(u.BuildingId, u.Id, u.Households.Count(h => h.Home > 0), u.Households.Sum(h => h.Home)))
            .Where(h => h.People > 0)
            .GroupBy(h => h.BuildingId)
            .SelectMany(g => g),
    ];
}
