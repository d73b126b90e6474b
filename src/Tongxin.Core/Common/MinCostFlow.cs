namespace Tongxin.Core.Common;

/// <summary>
/// Most flow at least cost on a small network with small whole costs: shortest distances by a queue, then blocking flows along them.
/// A phase a distance, so that costs of 0 and 1 need a handful. Deterministic: arcs are tried in the order in which they were added.
/// </summary>
internal sealed class MinCostFlow(int nodes)
{
    private readonly List<int>[] _arcs = [.. Enumerable.Range(0, nodes).Select(_ => new List<int>())];
    private readonly List<int> _to = [], _left = [], _cost = [], _full = [];

    public int Arc(int from, int to, int capacity, int cost = 0)
    {
        var id = _to.Count;
        Half(from, to, capacity, cost);
        Half(to, from, 0, -cost);
        return id;
    }

    public int FlowOf(int arc) => _full[arc] - _left[arc];

    /// <summary>Sends as much as can be sent; the answer is how much.</summary>
    public int Run(int source, int sink)
    {
        var total = 0;
        var distance = new int[nodes];
        var next = new int[nodes];
        var onPath = new bool[nodes];
        while (Distances(source, sink, distance))
        {
            Array.Clear(next);
            for (int sent; (sent = Push(source, sink, int.MaxValue, distance, next, onPath)) > 0;) total += sent;
        }
        return total;
    }

    private void Half(int from, int to, int capacity, int cost)
    {
        _arcs[from].Add(_to.Count);
        _to.Add(to);
        _left.Add(capacity);
        _full.Add(capacity);
        _cost.Add(cost);
    }

    private bool Distances(int source, int sink, int[] distance)
    {
        Array.Fill(distance, int.MaxValue);
        var waiting = new bool[nodes];
        var queue = new Queue<int>();
        distance[source] = 0;
        queue.Enqueue(source);
        while (queue.TryDequeue(out var node))
        {
            waiting[node] = false;
            foreach (var arc in _arcs[node])
            {
                var to = _to[arc];
                if (_left[arc] == 0 || distance[node] + _cost[arc] >= distance[to]) continue;
                distance[to] = distance[node] + _cost[arc];
                if (waiting[to]) continue;
                waiting[to] = true;
                queue.Enqueue(to);
            }
        }
        return distance[sink] != int.MaxValue;
    }

    // Depth is the length of a path through four layers and their reversed arcs: never near the stack's end.
    private int Push(int node, int sink, int most, int[] distance, int[] next, bool[] onPath)
    {
        if (node == sink) return most;
        onPath[node] = true;
        var sent = 0;
        for (; next[node] < _arcs[node].Count; next[node]++)
        {
            var arc = _arcs[node][next[node]];
            var to = _to[arc];
            if (_left[arc] == 0 || onPath[to] || distance[node] == int.MaxValue || distance[to] != distance[node] + _cost[arc]) continue;
            var part = Push(to, sink, Math.Min(most - sent, _left[arc]), distance, next, onPath);
            _left[arc] -= part;
            _left[arc ^ 1] += part;
            sent += part;
            if (sent == most) break;
        }
        onPath[node] = false;
        return sent;
    }
}
