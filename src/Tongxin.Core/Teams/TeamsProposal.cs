namespace Tongxin.Core.Teams;

/// <summary>A reason as a stable code with the values of its places; the text comes from resources.</summary>
public sealed record Because(string Code, params object?[] Args);

/// <summary>An entrance, or a part of one, in a cell.</summary>
/// <param name="UnitId">The entrance.</param>
/// <param name="From">Index of its first household in door order; 0 when whole.</param>
/// <param name="Households">How many from there on.</param>
/// <param name="IsWhole">The whole entrance.</param>
public sealed record CellPart(Guid UnitId, int From, int Households, bool IsWhole);

/// <summary>What somebody does in a team.</summary>
public enum SeatRole
{
    /// <summary>队长; one per team.</summary>
    Captain,

    /// <summary>队员.</summary>
    Member,

    /// <summary>Stands in (替补); not counted into the team's size.</summary>
    Substitute,
}

/// <summary>One helper's place.</summary>
/// <param name="VolunteerId">Who.</param>
/// <param name="Role">As what.</param>
/// <param name="Why">teams.seat.lives_in_cell | lives_in_building | lives_near (metres) | home_unknown.</param>
public sealed record Seat(Guid VolunteerId, SeatRole Role, Because Why);

/// <summary>A cell and its team.</summary>
/// <param name="Number">1 and up, in walking order of the cells.</param>
/// <param name="Cell">Its entrances in walking order; never empty.</param>
/// <param name="Households">Their households.</param>
/// <param name="Seats">Captain first, then members, then substitutes, each nearest first.</param>
/// <param name="Why">Notes on the cell: teams.cell.balance (households, mean), teams.cell.buildings (count), teams.cell.residents (count, seats).</param>
public sealed record ProposedTeam(int Number, IReadOnlyList<CellPart> Cell, int Households, IReadOnlyList<Seat> Seats, IReadOnlyList<Because> Why)
{
    /// <summary>The captain; null is always accompanied by a gap.</summary>
    public Guid? CaptainId => Seats is [{ Role: SeatRole.Captain } first, ..] ? first.VolunteerId : null;

    /// <summary>Captain and members.</summary>
    public int Size => Seats.Count(s => s.Role != SeatRole.Substitute);
}

/// <summary>Something asked for that could not be had.</summary>
/// <param name="Team">The team's number; null when it concerns the whole.</param>
/// <param name="Why">
/// teams.gap.no_captain (leaders, teams) | no_captain_allowed | too_small (size, least) | no_substitute | fewer_cells (cells, asked).
/// </param>
public sealed record TeamsGap(int? Team, Because Why);

/// <summary>A helper without a place: teams.unplaced.all_full or teams.unplaced.barred.</summary>
public sealed record UnplacedVolunteer(Guid VolunteerId, Because Why);

/// <summary>What one rule makes of the answer.</summary>
/// <param name="Name">The rule.</param>
/// <param name="Weight">Its weight in the request.</param>
/// <param name="Points">Penalty before the weight; less is better.</param>
/// <param name="LowerBound">No answer to this request has fewer points under this rule.</param>
public sealed record RuleScore(string Name, double Weight, double Points, double LowerBound);

/// <summary>The score of the answer, rule by rule.</summary>
public sealed record TeamsScore(IReadOnlyList<RuleScore> Rules)
{
    /// <summary>Weighted points; less is better.</summary>
    public double Total => Rules.Sum(r => r.Weight * r.Points);

    /// <summary>No answer scores less; the true optimum lies between this and <see cref="Total"/>.</summary>
    public double LowerBound => Rules.Sum(r => r.Weight * r.LowerBound);
}

/// <summary>The answer: every household in exactly one cell, every helper placed once or explained.</summary>
/// <param name="Teams">By number.</param>
/// <param name="Unplaced">Helpers without a place, in request order.</param>
/// <param name="Gaps">What is missing.</param>
/// <param name="Score">How good it is.</param>
public sealed record TeamsProposal(
    IReadOnlyList<ProposedTeam> Teams, IReadOnlyList<UnplacedVolunteer> Unplaced, IReadOnlyList<TeamsGap> Gaps, TeamsScore Score);
