namespace Tongxin.Core.Teams;

/// <summary>An entrance or a part of one, with coordinates around the middle of all (sums of squares stay exact enough).</summary>
internal sealed record Piece(int Unit, int Building, int From, int Households, double X, double Y);

/// <summary>The request as arrays: pieces in walking order.</summary>
internal sealed class PieceMap
{
    /// <summary>Without positions: entrances 20 m apart, buildings 40 m more.</summary>
    private const double EntranceStep = 20, BuildingStep = 40;

    public required IReadOnlyList<Piece> Pieces { get; init; }

    /// <summary>Units in walking order; <see cref="Piece.Unit"/> points here.</summary>
    public required IReadOnlyList<CoverUnit> Units { get; init; }

    /// <summary>Where each unit is, in the pieces' coordinates.</summary>
    public required IReadOnlyList<Position> UnitAt { get; init; }

    public required IReadOnlyList<int> UnitBuilding { get; init; }

    public required int Buildings { get; init; }

    public required int Households { get; init; }

    /// <summary>From the request's coordinates to the pieces'; null when positions were made up.</summary>
    public required Position? Middle { get; init; }

    public static PieceMap Of(TeamsRequest request)
    {
        var units = request.Units.OrderBy(u => u.Order).ThenBy(u => u.Id).ToList();
        var buildings = new Dictionary<Guid, int>();
        var building = units.ConvertAll(u =>
        {
            buildings.TryAdd(u.BuildingId, buildings.Count);
            return buildings[u.BuildingId];
        });

        var given = units.TrueForAll(u => u.At is not null);
        var at = given ? units.ConvertAll(u => u.At!.Value) : Walk(building);
        var middle = new Position(at.Average(p => p.X), at.Average(p => p.Y));
        at = at.ConvertAll(p => new Position(p.X - middle.X, p.Y - middle.Y));

        var pieces = new List<Piece>();
        for (var i = 0; i < units.Count; i++)
        {
            var parts = TeamsErrors.Parts(units[i], request.EntranceCap);
            var from = 0;
            for (var part = 0; part < parts; part++)
            {
                var households = (units[i].Households / parts) + (part < units[i].Households % parts ? 1 : 0);
                pieces.Add(new(i, building[i], from, households, at[i].X, at[i].Y));
                from += households;
            }
        }

        return new PieceMap
        {
            Pieces = pieces,
            Units = units,
            UnitAt = at,
            UnitBuilding = building,
            Buildings = buildings.Count,
            Households = units.Sum(u => u.Households),
            Middle = given ? middle : null,
        };
    }

    private static List<Position> Walk(List<int> building)
    {
        var line = new List<Position>();
        var x = 0.0;
        for (var i = 0; i < building.Count; i++)
        {
            if (i > 0) x += EntranceStep + (building[i] == building[i - 1] ? 0 : BuildingStep);
            line.Add(new(x, 0));
        }

        return line;
    }
}
