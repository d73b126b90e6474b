using Tongxin.Core.Common;
using Tongxin.Core.Teams.Rules;

namespace Tongxin.Core.Teams;

/// <summary>
/// Proposes cells and teams. Deterministic: the same request gives the same answer. 1,500 households behind 51 entrances with
/// 389 helpers take milliseconds; see docs/algorithms/team-formation.md for method and limits.
/// </summary>
public static class TeamsPlanner
{
    /// <summary>The proposal, or what is wrong with the request. What cannot be had becomes a gap, not a refusal.</summary>
    /// <exception cref="OperationCanceledException">When <paramref name="ct"/> asks for it.</exception>
    public static Result<TeamsProposal> Propose(TeamsRequest request, CancellationToken ct)
    {
        var check = TeamsErrors.Check(request);
        if (check.IsFailure) return check.Error;

        var map = PieceMap.Of(request);
        var cells = CutCells(request, map, ct);
        var households = cells.ConvertAll(c => c.Sum(p => p.Households));
        var homes = new Homes(request, map, cells);
        var seating = new Seating(request, homes, households, ct);

        var teams = cells.Select((cell, i) => Team(request, map, i, cell, homes, seating)).ToList();
        return new TeamsProposal(teams, Unplaced(request, seating), Gaps(request, teams), Score(request, map, cells, seating));
    }

    private static List<IReadOnlyList<Piece>> CutCells(TeamsRequest request, PieceMap map, CancellationToken ct)
    {
        var count = Math.Min(request.TeamCount, map.Pieces.Count);
        var cost = new CellCost(request.Weights, (double)map.Households / count);
        var (cellOf, lowest) = (Array.Empty<int>(), double.PositiveInfinity);
        foreach (var order in WalkOrders.Of(map.Pieces, count))
        {
            if (LineSplit.Solve(map.Pieces, order, map.Buildings, count, cost, lowest, ct) is { } split) (cellOf, lowest) = split;
        }

        cellOf = new CellSearch(map, count, cellOf, cost).Run(request.Steps ?? Math.Max(100_000, 400 * map.Pieces.Count), request.Seed, ct);
        return [.. map.Pieces
            .Select((piece, i) => (piece, i))
            .GroupBy(x => cellOf[x.i], x => x.piece) // groups come in the order of their first piece: walking order
            .Select(g => (IReadOnlyList<Piece>)[.. g])];
    }

    private static ProposedTeam Team(TeamsRequest request, PieceMap map, int i, IReadOnlyList<Piece> cell, Homes homes, Seating seating)
    {
        var households = cell.Sum(p => p.Households);
        var seats = new List<Seat>();
        if (seating.Captains[i] >= 0) seats.Add(SeatOf(seating.Captains[i], SeatRole.Captain));
        seats.AddRange(seating.Members[i].Select(v => SeatOf(v, SeatRole.Member)));
        seats.AddRange(seating.Substitutes[i].Select(v => SeatOf(v, SeatRole.Substitute)));
        var residents = seating.Members[i].Concat(seating.Substitutes[i]).Append(seating.Captains[i])
            .Count(v => v >= 0 && homes.LivesIn(request.Volunteers[v], i));
        return new ProposedTeam(i + 1, Parts(map, cell), households, seats,
        [
            new("teams.cell.balance", households, (double)map.Households / Math.Min(request.TeamCount, map.Pieces.Count)),
            new("teams.cell.buildings", cell.DistinctBy(p => p.Building).Count()),
            new("teams.cell.residents", residents, seats.Count),
        ]);

        Seat SeatOf(int v, SeatRole role) => new(request.Volunteers[v].Id, role, homes.Explain(v, i));
    }

    /// <summary>Neighbouring parts of one entrance in one cell are one part again.</summary>
    private static List<CellPart> Parts(PieceMap map, IReadOnlyList<Piece> cell)
    {
        var parts = new List<CellPart>();
        foreach (var p in cell)
        {
            var unit = map.Units[p.Unit];
            var (from, households) = (p.From, p.Households);
            if (parts is [.., var last] && last.UnitId == unit.Id && last.From + last.Households == from)
            {
                parts.RemoveAt(parts.Count - 1);
                (from, households) = (last.From, last.Households + households);
            }

            parts.Add(new(unit.Id, from, households, households == unit.Households));
        }

        return parts;
    }

    private static List<UnplacedVolunteer> Unplaced(TeamsRequest request, Seating seating)
    {
        var placed = seating.Captains.Concat(seating.Members.SelectMany(m => m)).Concat(seating.Substitutes.SelectMany(s => s)).ToHashSet();
        return [.. Enumerable.Range(0, request.Volunteers.Count)
            .Where(v => !placed.Contains(v))
            .Select(v => new UnplacedVolunteer(
                request.Volunteers[v].Id,
                new(seating.IsBarredEverywhere(v) ? "teams.unplaced.barred" : "teams.unplaced.all_full")))];
    }

    private static List<TeamsGap> Gaps(TeamsRequest request, List<ProposedTeam> teams)
    {
        var gaps = new List<TeamsGap>();
        var leaders = request.Volunteers.Count(v => v.CanLead);
        if (teams.Count < request.TeamCount) gaps.Add(new(null, new("teams.gap.fewer_cells", teams.Count, request.TeamCount)));
        foreach (var team in teams)
        {
            if (team.CaptainId is null)
                gaps.Add(new(team.Number, leaders < teams.Count ? new("teams.gap.no_captain", leaders, teams.Count) : new("teams.gap.no_captain_allowed")));
            if (team.Size < request.MinSize) gaps.Add(new(team.Number, new("teams.gap.too_small", team.Size, request.MinSize)));
            if (request.Substitutes > 0 && team.Seats.All(s => s.Role != SeatRole.Substitute)) gaps.Add(new(team.Number, new("teams.gap.no_substitute")));
        }

        return gaps;
    }

    private static TeamsScore Score(TeamsRequest request, PieceMap map, List<IReadOnlyList<Piece>> cells, Seating seating)
    {
        var (w, n) = (request.Weights, cells.Count);
        var mean = (double)map.Households / n;
        var leaders = request.Volunteers.Where(v => v.CanLead).ToList();
        var isAnyBarred = leaders.Exists(v => v.BarredUnitIds is { Count: > 0 });
        var captains = seating.Captains.Select((v, team) => (v, team)).Where(x => x.v >= 0).ToList();
        var others = seating.Members.Zip(seating.Substitutes).SelectMany((x, team) => x.First.Concat(x.Second).Select(v => (v, team)));
        return new TeamsScore(
        [
            new(BalanceRule.Name, w.Balance, cells.Sum(c => BalanceRule.Points(c.Sum(p => p.Households), mean)), BalanceRule.LowerBound(map.Households, n)),
            new(CompactRule.Name, w.Compact,
                cells.Sum(c => CompactRule.Points(c.Count, c.Sum(p => p.X), c.Sum(p => p.Y), c.Sum(p => (p.X * p.X) + (p.Y * p.Y)))),
                CompactRule.LowerBound(map.Pieces, n)),
            new(OneBuildingRule.Name, w.OneBuilding,
                cells.Sum(c => OneBuildingRule.Points(c.DistinctBy(p => p.Building).Count())), OneBuildingRule.LowerBound(map.Buildings, n)),
            new(NearRule.Name, w.Near, captains.Concat(others).Sum(x => seating.PointsOf(x.v, x.team)), 0),
            new(PartyCaptainRule.Name, w.PartyCaptain,
                captains.Sum(x => PartyCaptainRule.Points(request.Volunteers[x.v].IsPartyMember)),
                isAnyBarred ? 0 : Math.Max(0, Math.Min(n, leaders.Count) - leaders.Count(v => v.IsPartyMember))),
        ]);
    }
}
