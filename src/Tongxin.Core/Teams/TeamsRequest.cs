namespace Tongxin.Core.Teams;

/// <summary>A place on a plane of the estate. Any origin; both coordinates in metres.</summary>
public readonly record struct Position(double X, double Y)
{
    /// <summary>Metres as the crow flies.</summary>
    public double MetresTo(Position other)
    {
        double dx = X - other.X, dy = Y - other.Y;
        return Math.Sqrt((dx * dx) + (dy * dy));
    }
}

/// <summary>An entrance to be covered: the smallest thing a cell is made of.</summary>
/// <param name="Id">The entrance.</param>
/// <param name="BuildingId">Its building.</param>
/// <param name="Households">Households behind it, 0 or more.</param>
/// <param name="Order">Place in the walk through the estate; neighbours have neighbouring numbers.</param>
/// <param name="At">Where it is. If any entrance has none, places are made up from <paramref name="Order"/> for all.</param>
public sealed record CoverUnit(Guid Id, Guid BuildingId, int Households, int Order, Position? At = null);

/// <summary>Somebody who helps.</summary>
/// <param name="Id">The person.</param>
/// <param name="HomeUnitId">The entrance they live behind; null: elsewhere or unknown.</param>
/// <param name="CanLead">May be captain.</param>
/// <param name="IsPartyMember">Preferred as captain.</param>
/// <param name="BarredUnitIds">Entrances that hold a household they may not serve (kin, complaint). Never broken. Null: none.</param>
/// <param name="HomeAt">Where they live when it is not an entrance of the request.</param>
public sealed record Volunteer(
    Guid Id,
    Guid? HomeUnitId,
    bool CanLead,
    bool IsPartyMember = false,
    IReadOnlyCollection<Guid>? BarredUnitIds = null,
    Position? HomeAt = null);

/// <summary>How much each rule counts, in points; 0 switches a rule off. Negative weights are refused.</summary>
public sealed record TeamsWeights
{
    /// <summary>Cells of even size: 1 point per cell that is 10 % off the mean, growing with the square. Default 1.</summary>
    public double Balance { get; init; } = 1;

    /// <summary>Entrances of a cell close together: 1 point per entrance 50 m from the middle of its cell, growing with the square. Default 1.</summary>
    public double Compact { get; init; } = 1;

    /// <summary>A cell within one building: 1 point per building more. Default 1.</summary>
    public double OneBuilding { get; init; } = 1;

    /// <summary>Helpers near their cell: 1 point per 100 m, 0.3 when not of one of its buildings. Default 1.</summary>
    public double Near { get; init; } = 1;

    /// <summary>Captains from the party: 1 point per captain who is not. Default 1.</summary>
    public double PartyCaptain { get; init; } = 1;
}

/// <summary>What teams are wanted for what.</summary>
public sealed record TeamsRequest
{
    /// <summary>Entrances, up to <see cref="MaxUnits"/>.</summary>
    public required IReadOnlyList<CoverUnit> Units { get; init; }

    /// <summary>Helpers, up to <see cref="MaxVolunteers"/>.</summary>
    public required IReadOnlyList<Volunteer> Volunteers { get; init; }

    /// <summary>Teams, and so cells, wanted: 1 to <see cref="MaxTeams"/>.</summary>
    public required int TeamCount { get; init; }

    /// <summary>Captain and members, at least. Fewer is a gap, not a refusal. Default 3.</summary>
    public int MinSize { get; init; } = 3;

    /// <summary>Captain and members, at most. Default 10.</summary>
    public int MaxSize { get; init; } = 10;

    /// <summary>Substitutes per team, on top of its members. Default 1.</summary>
    public int Substitutes { get; init; } = 1;

    /// <summary>An entrance with more households may be divided among cells, in door order, into even parts of at most this many. Null: never.</summary>
    public int? EntranceCap { get; init; }

    /// <summary>What counts how much.</summary>
    public TeamsWeights Weights { get; init; } = new();

    /// <summary>Seed of the search: same request and seed, same answer.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Steps of the search for better cells; 0 leaves the best split of a line. Null: 400 per entrance, at least 100,000.</summary>
    public int? Steps { get; init; }

    /// <summary>Largest number of entrances, counted after dividing.</summary>
    public const int MaxUnits = 5_000;

    /// <summary>Largest number of helpers.</summary>
    public const int MaxVolunteers = 10_000;

    /// <summary>Largest number of teams.</summary>
    public const int MaxTeams = 1_000;
}
