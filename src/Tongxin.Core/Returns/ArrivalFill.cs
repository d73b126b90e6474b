namespace Tongxin.Core.Returns;

/// <summary>Turns counts into names: who stays, who goes, and who arrives together.</summary>
internal sealed class ArrivalFill(ArrivalRequest request, int slots)
{
    private readonly int[] _slotOf = [.. Enumerable.Repeat(-1, request.People.Count)];
    private readonly int[] _left = [.. request.Slots.Take(slots).Select(s => s.Capacity)];

    public int[] Fill(int[,] keep, int[,] add)
    {
        var pool = Keep(keep);
        var days = slots == 0 ? 0 : request.Slots[slots - 1].Day + 1;
        var perDay = Enumerable.Range(0, days).Select(_ => new List<List<int>>()).ToArray();
        for (var c = 0; c < pool.Length; c++) ToDays(c, pool[c], add, perDay);
        for (var d = 0; d < days; d++) ToSlots(d, perDay[d]);
        return _slotOf;
    }

    /// <summary>Leaves as many as the counts say where they are; the rest, and those without a slot, are the pool of their college.</summary>
    private List<int>[] Keep(int[,] keep)
    {
        var pool = Enumerable.Range(0, keep.GetLength(0)).Select(_ => new List<int>()).ToArray();
        foreach (var there in Enumerable.Range(0, request.People.Count).GroupBy(i => (request.People[i].College, request.People[i].Before)))
        {
            var (college, slot) = there.Key;
            var stay = slot >= 0 && slot < slots ? keep[college, slot] : 0;
            var goes = Leavers(there, there.Count() - stay);
            foreach (var i in there)
            {
                if (goes.Contains(i)) pool[college].Add(i);
                else
                {
                    _slotOf[i] = slot;
                    _left[slot]--;
                }
            }
        }
        return pool;
    }

    /// <summary>Whole groups first, so that none is torn while another could go as one; among equals those who come later in precedence.</summary>
    private HashSet<int> Leavers(IEnumerable<int> there, int count)
    {
        var goes = new HashSet<int>();
        foreach (var piece in Pieces(there).OrderByDescending(p => p.Count).ThenByDescending(p => p[^1]))
            if (goes.Count + piece.Count <= count) goes.UnionWith(piece);
        foreach (var one in there.OrderDescending().TakeWhile(_ => goes.Count < count)) goes.Add(one);
        return goes;
    }

    private void ToDays(int college, List<int> pool, int[,] add, List<List<int>>[] perDay)
    {
        var room = Enumerable.Range(0, perDay.Length).Select(d => add[college, d]).ToArray();
        foreach (var piece in Pieces(pool).OrderByDescending(p => p.Count).ThenBy(p => p[0]))
        {
            // The day they had, else the first that takes all of them, else the piece is split from the first day on.
            var own = request.People[piece[0]].Before is var slot && slot >= 0 ? request.Slots[slot].Day : -1;
            var day = own >= 0 && own < room.Length && room[own] >= piece.Count ? own : Array.FindIndex(room, r => r >= piece.Count);
            if (day >= 0)
            {
                room[day] -= piece.Count;
                perDay[day].Add(piece);
                continue;
            }
            var at = 0;
            for (var d = 0; d < room.Length && at < piece.Count; d++)
            {
                var part = Math.Min(room[d], piece.Count - at);
                if (part == 0) continue;
                perDay[d].Add(piece.GetRange(at, part));
                room[d] -= part;
                at += part;
            }
        }
    }

    /// <summary>
    /// Slot after slot, college after college. A slot's last places stay free rather than tear a group apart, as long as the day has
    /// places to spare.
    /// </summary>
    private void ToSlots(int day, List<List<int>> pieces)
    {
        var own = Enumerable.Range(0, slots).Where(s => request.Slots[s].Day == day).ToList();
        var spare = own.Sum(s => _left[s]) - pieces.Sum(p => p.Count);
        var queue = new PieceQueue(pieces);
        foreach (var slot in own)
        {
            while (_left[slot] > 0 && !queue.IsEmpty)
            {
                var piece = queue.TakeFitting(_left[slot]);
                if (piece is null && _left[slot] <= spare) break;
                piece ??= queue.Split(_left[slot]);
                foreach (var i in piece) _slotOf[i] = slot;
                _left[slot] -= piece.Count;
            }
            spare -= _left[slot];
            if (queue.IsEmpty) break;
        }
    }

    private List<List<int>> Pieces(IEnumerable<int> people) =>
        [.. people.GroupBy(i => request.People[i].Group < 0 ? (-1, i) : (request.People[i].College, request.People[i].Group)).Select(g => g.Order().ToList())];

    /// <summary>Pieces of a day by college and size: the largest that fits is found at once.</summary>
    private sealed class PieceQueue(List<List<int>> pieces)
    {
        private readonly SortedDictionary<int, Queue<List<int>>> _bySize = Build(pieces);

        public bool IsEmpty => _bySize.Count == 0;

        public List<int>? TakeFitting(int places)
        {
            foreach (var (size, waiting) in _bySize.Reverse())
            {
                if (size > places) continue;
                var piece = waiting.Dequeue();
                if (waiting.Count == 0) _bySize.Remove(size);
                return piece;
            }
            return null;
        }

        /// <summary>The first places of the smallest piece; the rest waits on.</summary>
        public List<int> Split(int places)
        {
            var (size, waiting) = _bySize.First();
            var piece = waiting.Dequeue();
            if (waiting.Count == 0) _bySize.Remove(size);
            var rest = piece.GetRange(places, piece.Count - places);
            if (!_bySize.TryGetValue(rest.Count, out var others)) _bySize[rest.Count] = others = new Queue<List<int>>();
            others.Enqueue(rest);
            return piece.GetRange(0, places);
        }

        private static SortedDictionary<int, Queue<List<int>>> Build(List<List<int>> pieces)
        {
            var all = new SortedDictionary<int, Queue<List<int>>>();
            foreach (var piece in pieces)
            {
                if (!all.TryGetValue(piece.Count, out var same)) all[piece.Count] = same = new Queue<List<int>>();
                same.Enqueue(piece);
            }
            return all;
        }
    }
}
