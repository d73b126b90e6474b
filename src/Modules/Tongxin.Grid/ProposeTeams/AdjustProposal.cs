using Tongxin.Core.Common;
using Tongxin.Core.Teams;
using Tongxin.Grid.Cells;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.ProposeTeams;

/// <summary>Parts of entrances of a team go to another.</summary>
internal sealed record MoveParts(int Team, IReadOnlyList<string> Parts, int To);

/// <summary>People take another seat; team 0 is without a place.</summary>
internal sealed record MovePeople(IReadOnlyList<Guid> People, int To, SeatRole Role);

/// <summary>Changes a draft by hand.</summary>
internal sealed class AdjustProposal(TongxinDb db, EditGrid edit, ITeams teams)
{
    public Task<Result<int>> MovePartsAsync(Guid id, int seen, MoveParts move, Actor actor, CancellationToken ct) =>
        ChangeAsync(id, seen, actor, "parts", (document, request) => Task.FromResult(Move(document, request, move)), ct);

    public Task<Result<int>> MovePeopleAsync(Guid id, int seen, MovePeople move, Actor actor, CancellationToken ct) =>
        ChangeAsync(id, seen, actor, "people", (document, request) => MoveAsync(document, request, move, ct), ct);

    /// <summary>How the page names a part.</summary>
    public static string Name(CellPart part) => $"{part.UnitId:N}.{part.From}";

    private Task<Result<int>> ChangeAsync(
        Guid id, int seen, Actor actor, string what, Func<ProposalDocument, ProposalRequest, Task<Result<ProposalDocument>>> change, CancellationToken ct) =>
        edit.ExecuteAsync<int>(actor, async picture =>
        {
            var draft = await Proposals.DraftAsync(db, id, seen, picture, actor, ct);
            if (draft.IsFailure) return draft.Error;
            var changed = await change(ProposalDocument.Read(draft.Value.Answer ?? ""), Proposals.RequestOf(draft.Value));
            if (changed.IsFailure) return changed.Error;
            draft.Value.Adjust(changed.Value.ToJson());
            db.Record(actor, "grid.proposal.adjusted", "proposal", id, details: new { what });
            return changed.Value.Adjusted;
        }, ct);

    private static Result<ProposalDocument> Move(ProposalDocument document, ProposalRequest request, MoveParts move)
    {
        if (document.Find(move.Team) is not { } source || document.Find(move.To) is not { } target || source == target) return ProposalErrors.TeamUnknown();
        var moved = source.Cell.Where(p => move.Parts.Contains(Name(p))).ToList();
        if (moved.Count == 0) return ProposalErrors.NothingTicked();
        if (moved.Count == source.Cell.Count) return ProposalErrors.LastEntrance();
        var reason = new Reason("teams.cell.by_hand", []);
        var (less, more) = (
            source with { Cell = [.. source.Cell.Except(moved)], Why = [reason] },
            target with { Cell = [.. target.Cell, .. moved], Why = [reason] });
        return document.Changed(document.Teams.Select(t => t == source ? less : t == target ? more : t), document.Unplaced, request);
    }

    private async Task<Result<ProposalDocument>> MoveAsync(ProposalDocument document, ProposalRequest request, MovePeople move, CancellationToken ct)
    {
        var known = document.Teams.SelectMany(t => t.Seats.Select(s => s.PersonId)).Concat(document.Unplaced.Select(u => u.PersonId)).ToHashSet();
        var people = move.People.Distinct().Where(known.Contains).ToList();
        if (people.Count == 0) return ProposalErrors.NothingTicked();
        if (move.To != 0 && document.Find(move.To) is null) return ProposalErrors.TeamUnknown();
        if (move.To != 0 && move.Role == SeatRole.Captain)
        {
            if (people.Count > 1) return ProposalErrors.OneCaptain();
            if (!(await teams.FreeVolunteersAsync(ct)).Any(v => v.PersonId == people[0] && v.CanLead)) return ProposalErrors.CannotLead();
        }

        var byHand = new Reason("teams.seat.by_hand", []);
        var changed = document.Teams.Select(t =>
        {
            var stay = t.Seats.Where(s => !people.Contains(s.PersonId));
            if (t.Number != move.To) return t.With(stay);
            // There is one captain: whoever was it stays in the team.
            if (move.Role == SeatRole.Captain) stay = stay.Select(s => s.Role == SeatRole.Captain ? s with { Role = SeatRole.Member } : s);
            return t.With(stay.Concat(people.Select(p => new SeatDraft(p, move.Role, byHand))));
        }).ToList();
        var unplaced = document.Unplaced.Where(u => !people.Contains(u.PersonId));
        if (move.To == 0) unplaced = unplaced.Concat(people.Select(p => new UnplacedDraft(p, new("teams.unplaced.by_hand", []))));
        return document.Changed(changed, unplaced, request);
    }
}
