namespace Tongxin.Core.Rostering;

/// <summary>
/// Whether duties that run at one time can all be filled, each person sitting once. Exact: people are matched to seats along augmenting
/// paths, and where no path is left, the duties that were reached are the proof (Hall's theorem): all who could take any of them are
/// fewer than their seats.
/// </summary>
internal sealed class SeatsAtOnce
{
    private readonly IReadOnlyList<Duty> _running;
    private readonly IReadOnlyList<IReadOnlySet<Guid>> _could;
    private readonly Dictionary<Guid, int> _seatOf = [];
    private readonly bool[] _reached;

    private SeatsAtOnce(IReadOnlyList<Duty> running, Func<Duty, IReadOnlySet<Guid>> could) =>
        (_running, _could, _reached) = (running, [.. running.Select(could)], new bool[running.Count]);

    /// <summary>Duties that together need more people than could take any of them, with both numbers; null when all can be filled.</summary>
    /// <param name="running">Duties that run at one time.</param>
    /// <param name="could">Who could take a duty if it were the only one.</param>
    public static Shortage? Find(IReadOnlyList<Duty> running, Func<Duty, IReadOnlySet<Guid>> could)
    {
        var all = running.Sum(d => d.Needed);
        // Most often each duty has candidates enough for all of them.
        return running.All(d => could(d).Count >= all) ? null : new SeatsAtOnce(running, could).Find();
    }

    private Shortage? Find()
    {
        for (var d = 0; d < _running.Count; d++)
        {
            for (var seat = 0; seat < _running[d].Needed; seat++)
            {
                Array.Clear(_reached);
                if (Fill(d)) continue;
                List<int> reached = [.. Enumerable.Range(0, _running.Count).Where(i => _reached[i])];
                return new([.. reached.Select(i => _running[i])], reached.Sum(i => _running[i].Needed), reached.SelectMany(i => _could[i]).Distinct().Count());
            }
        }

        return null;
    }

    /// <summary>One more person for a duty: somebody free, or somebody whose own seat another can take.</summary>
    private bool Fill(int duty)
    {
        _reached[duty] = true;
        foreach (var person in _could[duty])
        {
            if (_seatOf.TryAdd(person, duty)) return true;
        }

        foreach (var person in _could[duty])
        {
            var other = _seatOf[person];
            if (_reached[other] || !Fill(other)) continue;
            _seatOf[person] = duty;
            return true;
        }

        return false;
    }

    /// <summary>Duties that cannot all be filled.</summary>
    /// <param name="Duties">The duties.</param>
    /// <param name="Needed">People that they need together.</param>
    /// <param name="People">People who could take any of them: fewer.</param>
    internal sealed record Shortage(IReadOnlyList<Duty> Duties, int Needed, int People);
}
