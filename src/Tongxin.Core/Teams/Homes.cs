using Tongxin.Core.Teams.Rules;

namespace Tongxin.Core.Teams;

/// <summary>How helpers live towards cells.</summary>
internal sealed class Homes
{
    private readonly TeamsRequest _request;
    private readonly PieceMap _map;
    private readonly IReadOnlyList<IReadOnlyList<Piece>> _cells;
    private readonly IReadOnlyList<HashSet<int>> _units, _buildings;
    private readonly Dictionary<Guid, int> _unitIndex;

    public Homes(TeamsRequest request, PieceMap map, IReadOnlyList<IReadOnlyList<Piece>> cells)
    {
        (_request, _map, _cells) = (request, map, cells);
        _units = [.. cells.Select(c => c.Select(p => p.Unit).ToHashSet())];
        _buildings = [.. cells.Select(c => c.Select(p => p.Building).ToHashSet())];
        _unitIndex = map.Units.Select((u, i) => (u.Id, i)).ToDictionary(x => x.Id, x => x.i);
    }

    /// <summary>Near-points of a helper for each cell; infinite where barred.</summary>
    public double[] PointsOf(int volunteer)
    {
        var v = _request.Volunteers[volunteer];
        var points = new double[_cells.Count];
        var barred = (v.BarredUnitIds ?? []).Where(_unitIndex.ContainsKey).Select(id => _unitIndex[id]).ToHashSet();
        for (var c = 0; c < points.Length; c++)
        {
            points[c] = barred.Count > 0 && barred.Overlaps(_units[c]) ? double.PositiveInfinity : PointsFor(v, c);
        }

        return points;
    }

    public Because Explain(int volunteer, int cell)
    {
        var v = _request.Volunteers[volunteer];
        if (HomeOf(v) is not { } home) return new("teams.seat.home_unknown");
        if (LivesIn(v, cell)) return new("teams.seat.lives_in_cell");
        var metres = (int)Math.Round(Metres(home, cell));
        return IsOwnBuilding(v, cell) ? new("teams.seat.lives_in_building", metres) : new("teams.seat.lives_near", metres);
    }

    public bool LivesIn(Volunteer v, int cell) => v.HomeUnitId is { } home && _units[cell].Contains(_unitIndex[home]);

    private double PointsFor(Volunteer v, int cell) =>
        LivesIn(v, cell) ? 0
        : HomeOf(v) is { } home ? NearRule.Points(Metres(home, cell), IsOwnBuilding(v, cell))
        : NearRule.UnknownHome;

    private bool IsOwnBuilding(Volunteer v, int cell) =>
        v.HomeUnitId is { } home && _buildings[cell].Contains(_map.UnitBuilding[_unitIndex[home]]);

    /// <summary>In the pieces' coordinates. A home by coordinates says nothing where the entrances have none.</summary>
    private Position? HomeOf(Volunteer v) =>
        v.HomeUnitId is { } unit ? _map.UnitAt[_unitIndex[unit]]
        : v.HomeAt is { } at && _map.Middle is { } middle ? new Position(at.X - middle.X, at.Y - middle.Y)
        : null;

    private double Metres(Position home, int cell)
    {
        var nearest = double.PositiveInfinity;
        foreach (var p in _cells[cell]) nearest = Math.Min(nearest, home.MetresTo(new(p.X, p.Y)));
        return nearest;
    }
}
