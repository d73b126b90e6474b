using Tongxin.Core.Sampling.Figures;

namespace Tongxin.Core.Sampling.Search;

/// <summary>Changes a plan in place: what stands and still fits stays, the rest goes into what is free, at the end of the day if need be.</summary>
internal sealed class Replanning
{
    // Of all units, those that may move though they need not.
    private const double MostMoved = 0.08;
    private static readonly double[] Ladder = [1, 1.005, 1.01, 1.015, 1.02, 1.03, 1.05, 1.08, 1.12, 1.2, 1.35, 1.6, 2, 3];
    private readonly SamplingRequest _request;
    private readonly SamplingPlan _before;
    private readonly int _from;
    private readonly Dictionary<Guid, int> _sites;
    private readonly ILookup<(Guid Unit, SamplingLane Lane), UnitSlot> _slots;
    private readonly Dictionary<(Guid Unit, SamplingLane Lane), int> _done;

    public Replanning(SamplingRequest request, SamplingPlan before, SamplingProgress progress)
    {
        (_request, _before, _from) = (request, before, progress.FirstSlot(request));
        _sites = request.Sites.Select((s, i) => (s.Id, i)).ToDictionary(x => x.Id, x => x.i);
        _slots = before.Slots.ToLookup(s => (s.UnitId, s.Lane));
        _done = progress.Done.ToDictionary(d => (d.UnitId, d.Lane), d => d.Households);
    }

    public SamplingPlan Run(CancellationToken ct)
    {
        var all = Job.Of(_request, Done);
        var reasons = new Reasons(_request, new Grid(_request, all, _from, _before.Loads), all);
        var skip = reasons.SkipUnplaceable(ct);
        var jobs = Job.Of(_request, (unit, lane) => Math.Max(Done(unit, lane), skip(unit, lane)));
        var grid = new Grid(_request, jobs, _from, _before.Loads);
        var bounds = Bounds.Of(_request, grid, jobs, ct);

        var known = new Standing(_request, grid, jobs, job => Before(job, grid));
        var (board, left) = Fill(grid, known, bounds[0].Minutes, ct);
        var past = Past();
        var plan = new Description(_request, grid, bounds).Of(
            board, [.. reasons.Alone, .. left.Select(j => reasons.NoRoom(j, left))], past, [.. _before.Loads.Where(l => l.Slot < _from)]);
        var moved = jobs.Where(j => !known.IsAsBefore(j, board.At(j))).Select(j => j.Unit).Concat(reasons.Alone.Select(u => UnitIndex(u.UnitId))).Distinct().Count();
        var must = known.MustMove + reasons.Alone.Select(u => u.UnitId).Distinct().Count(id => !jobs.Any(j => _request.Units[j.Unit].Id == id));
        return plan with { Moves = new(moved, Math.Min(must, moved), all.Select(j => j.Unit).Distinct().Count()) };
    }

    private (Board Board, List<Job> Left) Fill(Grid grid, Standing known, int bound, CancellationToken ct)
    {
        var draft = new Draft(_request, grid, known.Jobs);
        var sites = Enumerable.Range(0, grid.Sites).ToArray();
        var (start, end) = (grid.From * grid.Minutes, Math.Max(known.Board.Finish(), bound));
        foreach (var step in Ladder.Append(double.MaxValue))
        {
            ct.ThrowIfCancellationRequested();
            var minute = (int)Math.Min(grid.Horizon, start + Math.Ceiling((end - start) * step));
            foreach (var near in (ReadOnlySpan<bool>)[true, false])
            {
                var board = known.Board.CopyTo(minute);
                var left = Insert(board, known, draft, near, sites);
                if (left.Count == 0) return (board, left);
                if (near) continue;
                left = Repair.Run(board, left, j => Old(known, j, false, draft, board), new Random(_request.Seed), _request.Steps / 10, ct);
                var moved = known.Jobs.Where(j => !known.IsAsBefore(j, board.At(j))).Select(j => j.Unit).Distinct().Count();
                if ((left.Count == 0 && moved - known.MustMove <= MostMoved * known.Units) || minute == grid.Horizon) return (board, left);
            }
        }

        throw new InvalidOperationException("The horizon is the last step.");
    }

    private static List<Job> Insert(Board board, Standing known, Draft draft, bool near, int[] sites) =>
    [
        .. known.Displaced.OrderByDescending(j => j.People).ThenBy(j => j.Index)
            .Where(j => !Insertion.TryInsert(board, j, Old(known, j, near, draft, board), sites, board.Grid.From, board.Grid.Slots)),
    ];

    // Near: at the site and time they know; else with the rest of their unit.
    private static Wish Old(Standing known, Job job, bool near, Draft draft, Board board) =>
        near && known.Before(job) is { } at ? new(at.Site, at.Slot) : draft.WishOf(board, job);

    /// <summary>Households done: as reported, else those of slots that have begun.</summary>
    private int Done(int unit, SamplingLane lane)
    {
        var id = _request.Units[unit].Id;
        if (_done.TryGetValue((id, lane), out var reported)) return reported;
        var last = _slots[(id, lane)].Where(s => s.Slot < _from).Select(s => s.Last).DefaultIfEmpty(-1).Max();
        return _request.Units[unit].Households.Take(last + 1).Count(h => h[lane] > 0);
    }

    /// <summary>Where a job stood; households that are behind come with the first slot that is still to come.</summary>
    private Placement? Before(Job job, Grid grid)
    {
        var slots = _slots[(_request.Units[job.Unit].Id, job.Lane)].Where(s => s.Slot >= _from && s.Last >= job.Households[0]).OrderBy(s => s.Slot).ToList();
        if (slots.Count == 0 || slots[^1].Last < job.Households[^1] || !_sites.TryGetValue(slots[0].SiteId, out var site)) return null;
        var cuts = slots.Select(s => job.Households.Count(h => h <= s.Last)).ToArray();
        return new(site, grid.LaneAt(site, job.Lane), slots[0].Slot, cuts);
    }

    private List<UnitSlot> Past()
    {
        var past = new List<UnitSlot>();
        for (var u = 0; u < _request.Units.Count; u++)
        {
            var unit = _request.Units[u];
            foreach (var lane in (ReadOnlySpan<SamplingLane>)[SamplingLane.Normal, SamplingLane.Green, SamplingLane.Apart])
            {
                var begun = _slots[(unit.Id, lane)].Where(s => s.Slot < _from).ToList();
                if (begun.Count == 0) continue;
                var done = Enumerable.Range(0, unit.Households.Count).Where(h => unit.Households[h][lane] > 0).Take(Done(u, lane)).ToList();
                foreach (var slot in begun)
                {
                    var came = done.Where(h => h >= slot.First && h <= slot.Last).ToList();
                    if (came.Count > 0) past.Add(slot with { First = came[0], Last = came[^1], People = came.Sum(h => unit.Households[h][lane]) });
                }
            }
        }

        return past;
    }

    private int UnitIndex(Guid id) => _request.Units.TakeWhile(u => u.Id != id).Count();
}
