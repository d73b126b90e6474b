using Tongxin.Core.Teams.Rules;

namespace Tongxin.Core.Teams;

/// <summary>Captains first, then everybody else: each step is the cheapest assignment there is, given the cells.</summary>
internal sealed class Seating
{
    /// <summary>Assignments count in whole thousandths of a point.</summary>
    private const double Grain = 1_000;

    /// <summary>Leaving a seat empty or a helper out costs more than any distance.</summary>
    private const long Never = 10_000_000_000_000;

    /// <summary>A household without a captain against a longer way: 1,000 points.</summary>
    private const long PerHousehold = 1_000_000;

    private readonly TeamsRequest _request;
    private readonly IReadOnlyList<int> _households;
    private readonly double[][] _points;

    public Seating(TeamsRequest request, Homes homes, IReadOnlyList<int> households, CancellationToken ct)
    {
        (_request, _households) = (request, households);
        _points = new double[request.Volunteers.Count][];
        for (var v = 0; v < _points.Length; v++)
        {
            ct.ThrowIfCancellationRequested();
            _points[v] = homes.PointsOf(v);
        }

        Captains = AssignCaptains(ct);
        (Members, Substitutes) = AssignOthers(ct);
    }

    /// <summary>The captain of each team, or -1.</summary>
    public int[] Captains { get; }

    /// <summary>The members of each team, nearest first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Members { get; }

    /// <summary>The substitutes of each team, nearest first.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Substitutes { get; }

    public double PointsOf(int volunteer, int team) => _points[volunteer][team];

    /// <summary>Not allowed in any cell.</summary>
    public bool IsBarredEverywhere(int volunteer) => _points[volunteer].All(double.IsPositiveInfinity);

    private int[] AssignCaptains(CancellationToken ct)
    {
        var leaders = Enumerable.Range(0, _points.Length).Where(v => _request.Volunteers[v].CanLead).ToArray();
        var party = leaders.Select(v => Whole(_request.Weights.PartyCaptain * PartyCaptainRule.Points(_request.Volunteers[v].IsPartyMember))).ToArray();
        var cost = _households.Select((_, team) => leaders.Select((v, i) => Plus(CostOf(v, team), party[i])).ToArray()).ToArray();

        // Short of captains, the largest cells come first: a household more outweighs any distance.
        var without = _households.Select(h => Never + (h * PerHousehold)).ToArray();
        var chosen = CapacityAssignment.Solve(cost, [.. leaders.Select(_ => 1)], without, ct);
        return [.. chosen.Select(i => i < 0 ? -1 : leaders[i])];
    }

    private (IReadOnlyList<int>[] Members, IReadOnlyList<int>[] Substitutes) AssignOthers(CancellationToken ct)
    {
        var others = Enumerable.Range(0, _points.Length).Except(Captains).ToArray();
        var quota = SeatQuota.For(_request, _households, others.Length);
        var teams = Enumerable.Range(0, _households.Count).ToArray();
        var cost = others.Select(v => teams.Select(t => CostOf(v, t)).ToArray()).ToArray();
        var chosen = CapacityAssignment.Solve(cost, [.. teams.Select(quota.Of)], [.. others.Select(_ => Never)], ct);

        var seated = teams.Select(_ => new List<int>()).ToArray();
        for (var i = 0; i < others.Length; i++)
        {
            if (chosen[i] >= 0) seated[chosen[i]].Add(others[i]);
        }

        foreach (var t in teams) seated[t] = [.. seated[t].OrderBy(v => _points[v][t]).ThenBy(v => v)];
        return ([.. teams.Select(t => seated[t].Take(quota.Members[t]).ToList())], [.. teams.Select(t => seated[t].Skip(quota.Members[t]).ToList())]);
    }

    private long CostOf(int v, int team) =>
        double.IsPositiveInfinity(_points[v][team]) ? CapacityAssignment.Forbidden : Whole(_request.Weights.Near * _points[v][team]);

    private static long Whole(double points) => (long)Math.Round(points * Grain);

    private static long Plus(long cost, long more) => cost == CapacityAssignment.Forbidden ? cost : cost + more;
}
