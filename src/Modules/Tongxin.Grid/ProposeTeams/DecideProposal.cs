using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Teams;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.ProposeTeams;

/// <summary>Makes cells and teams of a draft in one transaction, or lays it aside.</summary>
internal sealed class DecideProposal(TongxinDb db, EditGrid edit, ReadGrid read, ITeams teams, TimeProvider clock)
{
    public Task<Result<int>> AcceptAsync(Guid id, int seen, Actor actor, CancellationToken ct) =>
        edit.ExecuteAsync<int>(actor, async picture =>
        {
            var draft = await Proposals.DraftAsync(db, id, seen, picture, actor, ct);
            if (draft.IsFailure) return draft.Error;
            var (request, document) = (Proposals.RequestOf(draft.Value), ProposalDocument.Read(draft.Value.Answer ?? ""));
            var doors = await read.DoorsAsync(picture, null, ct);
            if (ProposalGround.Fingerprint(request, picture, doors) != draft.Value.Fingerprint) return ProposalErrors.Stale();
            var free = (await teams.FreeVolunteersAsync(ct)).Select(v => v.PersonId).ToHashSet();
            var taken = document.Teams.SelectMany(t => t.Seats).Count(s => !free.Contains(s.PersonId));
            if (taken > 0) return ProposalErrors.PeopleTaken(taken);

            var led = document.Teams.Where(t => t.Captain is not null).ToList();
            var made = await teams.CreateAsync([.. led.Select(t => ToTeam(t, request))], actor, ct);
            if (made.IsFailure) return made.Error;
            var teamOf = led.Zip(made.Value).ToDictionary(x => x.First.Number, x => x.Second);
            var cells = await CutAsync(document, picture, doors, teamOf, actor, ct);
            await EndEmptyAsync(picture, document, cells, actor, ct);
            draft.Value.Decide(ProposalState.Accepted, actor.AccountId, clock.GetUtcNow());
            db.Record(actor, "grid.proposal.accepted", "proposal", id, details: new { cells = cells.Count, teams = made.Value.Count });
            return cells.Count;
        }, ct);

    public Task<Result<int>> DiscardAsync(Guid id, Actor actor, CancellationToken ct) =>
        edit.ExecuteAsync<int>(actor, async picture =>
        {
            var proposal = await db.Set<TeamProposal>().SingleOrDefaultAsync(p => p.Id == id, ct);
            if (proposal is null || !Proposals.IsFor(proposal, picture, actor)) return ProposalErrors.Unknown();
            if (proposal.State == ProposalState.Accepted) return ProposalErrors.NotADraft();
            proposal.Decide(ProposalState.Discarded, actor.AccountId, clock.GetUtcNow());
            db.Record(actor, "grid.proposal.discarded", "proposal", id);
            return 0;
        }, ct);

    private static NewTeam ToTeam(TeamDraft team, ProposalRequest request) => new(
        string.Create(CultureInfo.InvariantCulture, $"{request.TeamName}{team.Number:00}"), null, team.Captain.GetValueOrDefault(),
        [.. team.Seats.Where(s => s.Role == SeatRole.Member).Select(s => s.PersonId)],
        [.. team.Seats.Where(s => s.Role == SeatRole.Substitute).Select(s => s.PersonId)]);

    private async Task<Dictionary<int, Cell>> CutAsync(ProposalDocument document, GridPicture picture, GridDoors doors, Dictionary<int, Guid> teamOf, Actor actor, CancellationToken ct)
    {
        var next = await GridMoves.NextNumberAsync(db, ct);
        var cells = new Dictionary<int, Cell>();
        foreach (var team in document.Teams)
        {
            List<GridUnit> units = [.. team.Cell.Select(p => picture.UnitsById[p.UnitId]).DistinctBy(u => u.Id).OrderBy(u => u.Place.SortKey, StringComparer.Ordinal)];
            var name = UnitNames.Of(units);
            var cell = Cell.Cut(GridMoves.Number(next++), name.Length > CellRules.MostName ? name[..CellRules.MostName] : name, units[0].Place.SortKey);
            if (teamOf.TryGetValue(team.Number, out var id)) cell.GiveTo(id);
            db.Add(cell);
            db.Record(actor, "grid.cell.cut", "cell", cell.Id, details: new { cell.Number, places = units.Select(u => u.Id), households = team.Households });
            cells[team.Number] = cell;
        }
        // The new rows must be there before anything refers to them; the transaction is still open.
        await db.CommitAsync(ct);

        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var given = new HashSet<Guid>();
        foreach (var team in document.Teams)
        {
            List<Guid> homes = [.. team.Cell.SelectMany(p => doors.Of(picture.UnitsById[p.UnitId]).Skip(p.From).Take(p.Households)).Select(h => h.Id)];
            // A divided entrance belongs to the first of its parts; the households of the others are exceptions.
            List<Guid> places = [.. team.Cell.Where(p => p.From == 0 && given.Add(p.UnitId)).Select(p => p.UnitId)];
            await GridMoves.EndResponsibilitiesAsync(db, [.. places, .. homes], today, ct);
            await GridMoves.GivePlacesAsync(db, places, cells[team.Number].Id, ct);
            await GridMoves.MoveHomesAsync(db, homes, cells[team.Number].Id, ct);
        }
        return cells;
    }

    /// <summary>Cells that gave up their last household end; running rounds go on with the team that has it now.</summary>
    private async Task EndEmptyAsync(GridPicture picture, ProposalDocument document, Dictionary<int, Cell> cells, Actor actor, CancellationToken ct)
    {
        var covered = document.Teams.SelectMany(t => t.Cell.Select(p => (p.UnitId, Cell: cells[t.Number]))).DistinctBy(x => x.UnitId).ToDictionary(x => x.UnitId, x => x.Cell);
        foreach (var row in picture.Cells.Where(c => !c.Cell.IsReserve && c.IsWhole && c.Shares.Count > 0 && c.Shares.All(s => covered.ContainsKey(s.Unit.Id))))
        {
            var ended = await db.Set<Cell>().SingleAsync(c => c.Id == row.Id, ct);
            await GridMoves.EndResponsibilitiesOfAsync(db, row.Id, CampusCalendar.DayOf(clock.GetUtcNow()), ct);
            ended.End(clock.GetUtcNow(), covered[row.Shares[0].Unit.Id].TeamId);
            db.Record(actor, "grid.cell.recut", "cell", row.Id, details: new { households = row.Households });
        }
    }
}
