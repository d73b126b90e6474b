namespace Tongxin.Core.Sampling.Search;

/// <summary>
/// Makes room for jobs that are left over: takes a few that stand together out, puts the left one in, and the others where they fit.
/// Keeps what leaves fewer people over; goes back otherwise.
/// </summary>
internal static class Repair
{
    public static List<Job> Run(Board board, List<Job> left, Func<Job, Wish> wish, Random random, int steps, CancellationToken ct)
    {
        var grid = board.Grid;
        var sites = Enumerable.Range(0, grid.Sites).ToArray();
        var all = board.Jobs;
        left = [.. left.OrderByDescending(j => j.People).ThenBy(j => j.Index).Where(j => !Insertion.TryInsert(board, j, wish(j), sites, grid.From, grid.Slots))];
        for (var step = 0; step < steps && left.Count > 0; step++)
        {
            if (step % 16 == 0) ct.ThrowIfCancellationRequested();
            var job = left[random.Next(left.Count)];
            var near = sites.OrderBy(s => job.Walk[s]).Take(random.Next(1, Math.Min(sites.Length, 12) + 1)).Last();
            var lane = grid.LaneAt(near, job.Lane);
            var standing = all.Where(j => board.At(j) is { } at && at.Site == near && (at.Lane == lane || random.Next(4) == 0)).ToList();
            if (standing.Count == 0) continue;
            var middle = board.At(standing[random.Next(standing.Count)])!.Slot;
            var count = random.Next(1, Math.Min(standing.Count, 6) + 1);
            var taken = standing.OrderBy(j => Math.Abs(board.At(j)!.Slot - middle)).ThenBy(j => j.Index).Take(count).Select(j => (Job: j, At: board.Take(j))).ToList();

            var again = taken.Select(t => t.Job).Append(job).ToList();
            var first = random.Next(3);
            again = [.. again.OrderByDescending(j => first switch { 0 => j == job ? int.MaxValue : j.People, 1 => j.People, _ => random.Next() })];
            // Now and then at a time taken by chance: the earliest is not always the one that leaves room.
            var failed = again.Where(j => !Insertion.TryInsert(board, j, random.Next(4) == 0 ? new Wish(-1, random.Next(grid.From, grid.Slots)) : wish(j), sites, grid.From, grid.Slots)).ToList();
            var (before, after) = (job.People, failed.Sum(j => j.People));
            if (after < before || (after == before && random.Next(2) == 0))
            {
                left.Remove(job);
                left.AddRange(failed);
                // Somebody who waits may fit now.
                left.RemoveAll(j => Insertion.TryInsert(board, j, wish(j), sites, grid.From, grid.Slots));
                continue;
            }

            foreach (var j in again) board.TryTake(j, out _);
            foreach (var (j, at) in taken) board.Put(j, at);
        }

        return left;
    }
}
