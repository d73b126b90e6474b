namespace Tongxin.Core.Sampling.Search;

/// <summary>The earliest end that is found, then the evenest load, then the shortest ways.</summary>
internal static class Finish
{
    private static readonly double[] Ladder = [1.005, 1.01, 1.014, 1.02, 1.03, 1.05, 1.08, 1.12, 1.2, 1.35, 1.6, 2, 3, 5];
    private const int Refinements = 8;
    private const double Least = 0.6;

    public static (Board Board, List<Job> Left) Search(SamplingRequest request, Grid grid, IReadOnlyList<Job> jobs, int bound, CancellationToken ct)
    {
        var draft = new Draft(request, grid, jobs);
        var (board, left, failed) = Earliest(draft, grid, bound, ct);
        if (left.Count > 0) return (board, left);
        for (var i = 0; i < Refinements && board.Finish() - failed > 1; i++)
        {
            var middle = (failed + board.Finish()) / 2;
            var next = draft.Make(middle, 1, ct);
            if (next.Left.Count == 0) board = next.Board;
            else failed = middle;
        }

        board = Even(draft, grid, jobs, board, ct);
        Shorten(board, jobs, draft, ct);
        return (board, []);
    }

    private static (Board Board, List<Job> Left, int Failed) Earliest(Draft draft, Grid grid, int bound, CancellationToken ct)
    {
        var start = grid.From * grid.Minutes;
        var failed = Math.Min(bound, grid.Horizon) - 1;
        foreach (var step in Ladder)
        {
            var minute = start + (int)Math.Ceiling((bound - start) * step);
            if (minute >= grid.Horizon) break;
            var (board, left) = draft.Make(minute, 1, ct);
            if (left.Count == 0) return (board, left, failed);
            failed = minute;
        }

        var most = draft.Make(grid.Horizon, 1, ct);
        return (most.Board, most.Left, failed);
    }

    /// <summary>When others decide the end, the normal lane is filled less and evenly: shorter queues.</summary>
    private static Board Even(Draft draft, Grid grid, IReadOnlyList<Job> jobs, Board board, CancellationToken ct)
    {
        var end = board.Finish();
        var people = jobs.Where(j => j.Lane == SamplingLane.Normal).Sum(j => j.People);
        var places = Enumerable.Range(grid.From, grid.Slots - grid.From)
            .Sum(t => Enumerable.Range(0, grid.Sites).Sum(s => grid.By(grid.Full[grid.Cell(s, (int)SamplingLane.Normal, t)], t, end)));
        if (places == 0) return board;
        for (var part = Math.Max(Least, (double)people / places + 0.02); part < 0.97; part += 0.07)
        {
            var next = draft.Make(end, part, ct);
            if (next.Left.Count == 0) return next.Board;
        }

        return board;
    }

    /// <summary>Jobs that walk far go nearer where there is room, without changing the end.</summary>
    private static void Shorten(Board board, IReadOnlyList<Job> jobs, Draft draft, CancellationToken ct)
    {
        var grid = board.Grid;
        board.EndBy(board.Finish());
        foreach (var job in jobs.OrderByDescending(j => board.At(j) is { } at ? (long)(j.Walk[at.Site] - j.Walk.Min()) * j.People : 0))
        {
            ct.ThrowIfCancellationRequested();
            if (board.At(job) is not { } at || job.Walk[at.Site] == job.Walk.Min()) continue;
            board.Take(job);
            var nearer = Enumerable.Range(0, grid.Sites).Where(s => job.Walk[s] < job.Walk[at.Site]).OrderBy(s => job.Walk[s]);
            if (!Insertion.TryInsert(board, job, draft.WishOf(board, job), nearer, grid.From, grid.Slots)) board.Put(job, at);
        }
    }
}
