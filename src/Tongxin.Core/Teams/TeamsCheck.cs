namespace Tongxin.Core.Teams;

/// <summary>
/// Looks at a proposal from outside: every rule and every point recomputed from request and answer alone, without the planner's
/// code. Used by the tests on every answer.
/// </summary>
public static class TeamsCheck
{
    /// <summary>Everything wrong with the proposal, as sentences for a programmer; empty when all is well.</summary>
    public static IReadOnlyList<string> Run(TeamsRequest request, TeamsProposal proposal)
    {
        var wrong = new List<string>();
        Cover(request, proposal, wrong);
        Seats(request, proposal, wrong);
        Gaps(request, proposal, wrong);
        Points(request, proposal, wrong);
        return wrong;
    }

    private static void Cover(TeamsRequest request, TeamsProposal proposal, List<string> wrong)
    {
        foreach (var unit in request.Units)
        {
            var times = new int[unit.Households];
            var parts = proposal.Teams.SelectMany(t => t.Cell).Where(p => p.UnitId == unit.Id).ToList();
            foreach (var part in parts)
            {
                for (var h = part.From; h < part.From + part.Households; h++) times[h]++;
                if (part.IsWhole != (part.Households == unit.Households)) wrong.Add($"Part of {unit.Id} is called whole or is not.");
            }

            if (parts.Count == 0 || times.Any(t => t != 1)) wrong.Add($"Entrance {unit.Id} is not covered exactly once.");
            if (parts.Count > 1 && !(unit.Households > request.EntranceCap)) wrong.Add($"Entrance {unit.Id} is divided without need.");
        }

        if (proposal.Teams.Any(t => t.Cell.Count == 0)) wrong.Add("A cell is empty.");
        if (proposal.Teams.Any(t => t.Households != t.Cell.Sum(p => p.Households))) wrong.Add("A cell's households do not add up.");
        if (!proposal.Teams.Select(t => t.Number).SequenceEqual(Enumerable.Range(1, proposal.Teams.Count))) wrong.Add("Numbers are not 1..n.");
        if (proposal.Teams.Count > request.TeamCount) wrong.Add("More cells than asked for.");
    }

    private static void Seats(TeamsRequest request, TeamsProposal proposal, List<string> wrong)
    {
        var people = request.Volunteers.ToDictionary(v => v.Id);
        var named = proposal.Teams.SelectMany(t => t.Seats.Select(s => s.VolunteerId)).Concat(proposal.Unplaced.Select(u => u.VolunteerId)).ToList();
        if (named.Count != named.Distinct().Count()) wrong.Add("Somebody is named twice.");
        if (!named.ToHashSet().SetEquals(people.Keys)) wrong.Add("Somebody is neither placed nor explained, or is a stranger.");
        foreach (var team in proposal.Teams)
        {
            var captains = team.Seats.Where(s => s.Role == SeatRole.Captain).ToList();
            if (captains.Count > 1) wrong.Add($"Team {team.Number} has {captains.Count} captains.");
            if (captains.Exists(c => !people[c.VolunteerId].CanLead)) wrong.Add($"The captain of team {team.Number} may not lead.");
            if (team.Size > request.MaxSize) wrong.Add($"Team {team.Number} is too large.");
            if (team.Seats.Count(s => s.Role == SeatRole.Substitute) > request.Substitutes) wrong.Add($"Team {team.Number} has too many substitutes.");
            if (team.Seats.Any(s => people[s.VolunteerId].BarredUnitIds is { } barred && team.Cell.Any(p => barred.Contains(p.UnitId))))
                wrong.Add($"Somebody of team {team.Number} may not serve its cell.");
        }
    }

    private static void Gaps(TeamsRequest request, TeamsProposal proposal, List<string> wrong)
    {
        var expected = new List<(int?, string)>();
        if (proposal.Teams.Count < request.TeamCount) expected.Add((null, "fewer_cells"));
        foreach (var team in proposal.Teams)
        {
            if (team.CaptainId is null) expected.Add((team.Number, "no_captain"));
            if (team.Size < request.MinSize) expected.Add((team.Number, "too_small"));
            if (request.Substitutes > 0 && !team.Seats.Any(s => s.Role == SeatRole.Substitute)) expected.Add((team.Number, "no_substitute"));
        }

        var said = proposal.Gaps.Select(g => (g.Team, g.Why.Code.Split('.')[2].Replace("_allowed", "", StringComparison.Ordinal)));
        if (!said.ToHashSet().SetEquals(expected)) wrong.Add("The gaps named are not the gaps there are.");
    }

    private static void Points(TeamsRequest request, TeamsProposal proposal, List<string> wrong)
    {
        var at = Places(request);
        var unit = request.Units.ToDictionary(u => u.Id);
        var mean = (double)request.Units.Sum(u => u.Households) / proposal.Teams.Count;
        double balance = 0, compact = 0, near = 0;
        int buildings = 0, laymen = 0;
        foreach (var team in proposal.Teams)
        {
            if (mean > 0) balance += 100 * Math.Pow((team.Households - mean) / mean, 2);
            buildings += team.Cell.Select(p => unit[p.UnitId].BuildingId).Distinct().Count() - 1;
            var spots = team.Cell.SelectMany(p => Enumerable.Repeat(at[p.UnitId], PiecesIn(request, unit[p.UnitId], p))).ToList();
            var middle = new Position(spots.Average(s => s.X), spots.Average(s => s.Y));
            compact += spots.Sum(s => Math.Pow(s.MetresTo(middle) / 50, 2));
            foreach (var seat in team.Seats)
            {
                var v = request.Volunteers.Single(v => v.Id == seat.VolunteerId);
                near += Near(request, v, team, at, unit);
                if (seat.Role == SeatRole.Captain && !v.IsPartyMember) laymen++;
            }
        }

        (string Name, double Points)[] expected =
            [("balance", balance), ("compact", compact), ("one_building", buildings), ("near", near), ("party_captain", laymen)];
        foreach (var (name, points) in expected)
        {
            var rule = proposal.Score.Rules.Single(r => r.Name == name);
            if (Math.Abs(rule.Points - points) > 1e-6 * (1 + points)) wrong.Add($"{name} says {rule.Points} and is {points}.");
            if (rule.LowerBound > points + (1e-6 * (1 + points))) wrong.Add($"{name} is below its lower bound.");
        }
    }

    private static double Near(
        TeamsRequest request, Volunteer v, ProposedTeam team, Dictionary<Guid, Position> at, Dictionary<Guid, CoverUnit> unit)
    {
        if (team.Cell.Any(p => p.UnitId == v.HomeUnitId)) return 0;
        var home = v.HomeUnitId is { } id ? at[id] : request.Units.All(u => u.At is not null) ? v.HomeAt : null;
        if (home is not { } from) return 1.5;
        var isOwn = v.HomeUnitId is { } own && team.Cell.Any(p => unit[p.UnitId].BuildingId == unit[own].BuildingId);
        return (team.Cell.Min(p => from.MetresTo(at[p.UnitId])) / 100) + (isOwn ? 0 : 0.3);
    }

    /// <summary>A divided entrance counts once per part the divider made, also where parts came together again.</summary>
    private static int PiecesIn(TeamsRequest request, CoverUnit unit, CellPart part)
    {
        if (request.EntranceCap is not { } cap || unit.Households <= cap) return 1;
        var pieces = (int)Math.Ceiling((double)unit.Households / cap);
        return (int)Math.Round((double)part.Households * pieces / unit.Households);
    }

    private static Dictionary<Guid, Position> Places(TeamsRequest request)
    {
        if (request.Units.All(u => u.At is not null)) return request.Units.ToDictionary(u => u.Id, u => u.At!.Value);
        var places = new Dictionary<Guid, Position>();
        var x = 0.0;
        CoverUnit? last = null;
        foreach (var u in request.Units.OrderBy(u => u.Order).ThenBy(u => u.Id))
        {
            if (last is not null) x += last.BuildingId == u.BuildingId ? 20 : 60;
            places[u.Id] = new(x, 0);
            last = u;
        }

        return places;
    }
}
