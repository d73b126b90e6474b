using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rostering;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>
/// Changes a draft by hand. A change that breaks a rule is refused with the rule in words, unless it was said before and the person
/// who does it wants it anyway; two places at one time never pass.
/// </summary>
internal sealed class ChangeTurns(TongxinDb db, ReadGround read, RosterWords words, TimeProvider clock)
{
    public async Task<Result> AssignAsync(Guid id, Guid dutyId, Guid personId, bool reserve, bool anyway, Actor actor, CancellationToken ct)
    {
        var found = await EditRoster.DraftAsync(db, read, id, actor, ct);
        if (found.IsFailure) return found.Error;
        var (row, ground) = found.Value;
        if (Refusal(ground, dutyId, personId) is { } refusal) return refusal;
        if (Broken(ground, personId, ground.Desk.IfTakes(personId, dutyId), anyway) is { } broken) return broken;
        db.Add(Turn.Draft(id, dutyId, personId, locked: true, reserve));
        return await SaveAsync(row, "workforce.roster.assigned", new { duty = dutyId, person = personId, anyway }, actor, ct);
    }

    public async Task<Result> RemoveAsync(Guid id, Guid turnId, Actor actor, CancellationToken ct)
    {
        var found = await TurnAsync(id, turnId, actor, ct);
        if (found.IsFailure) return found.Error;
        var (row, _, turn) = found.Value;
        if (turn.IsLocked) return RosterErrors.Locked;
        db.Remove(turn);
        return await SaveAsync(row, "workforce.roster.removed", new { duty = turn.DutyId, person = turn.PersonId }, actor, ct);
    }

    /// <summary>Gives a turn to somebody else, or the person another duty, or both.</summary>
    public async Task<Result> MoveAsync(Guid id, Guid turnId, Guid personId, Guid dutyId, bool anyway, Actor actor, CancellationToken ct)
    {
        var found = await TurnAsync(id, turnId, actor, ct);
        if (found.IsFailure) return found.Error;
        var (row, ground, turn) = found.Value;
        if (turn.IsLocked) return RosterErrors.Locked;
        if (Refusal(ground, dutyId, personId) is { } refusal) return refusal;
        if (Broken(ground, personId, IfMoves(ground, turn, personId, dutyId), anyway) is { } broken) return broken;
        db.Remove(turn);
        db.Add(Turn.Draft(id, dutyId, personId, locked: true, turn.IsReserve));
        return await SaveAsync(row, "workforce.roster.moved", new { from = turn.DutyId, person = turn.PersonId, to = dutyId, by = personId, anyway }, actor, ct);
    }

    public async Task<Result> LockAsync(Guid id, Guid turnId, bool locked, Actor actor, CancellationToken ct)
    {
        var found = await TurnAsync(id, turnId, actor, ct);
        if (found.IsFailure) return found.Error;
        var (row, _, turn) = found.Value;
        turn.Lock(locked);
        return await SaveAsync(row, locked ? "workforce.roster.locked" : "workforce.roster.unlocked", new { duty = turn.DutyId, person = turn.PersonId }, actor, ct);
    }

    /// <summary>The rules that a move would newly break for whoever gets the duty.</summary>
    public static IReadOnlyList<RuleBreak> IfMoves(Ground ground, Turn turn, Guid person, Guid duty) =>
        person == turn.PersonId ? ground.Desk.IfExchanges(person, turn.DutyId, duty) : ground.Desk.IfTakes(person, duty);

    private Error? Refusal(Ground ground, Guid duty, Guid person)
    {
        if (!ground.DutyById.TryGetValue(duty, out var known)) return RosterErrors.DutyMissing;
        if (!ground.Members.ContainsKey(person) || !ground.Names.ContainsKey(person)) return RosterErrors.PersonMissing;
        if (ground.Roster.FromId is not null && known.Starts <= clock.GetUtcNow()) return RosterErrors.Begun;
        return ground.TurnsOfDuty[duty].Any(t => t.PersonId == person) ? RosterErrors.AlreadyThere : null;
    }

    private Error? Broken(Ground ground, Guid person, IReadOnlyList<RuleBreak> breaks, bool anyway)
    {
        var worst = breaks.FirstOrDefault(b => b.Rule == "one_place") ?? (anyway || breaks.Count == 0 ? null : breaks[0]);
        return worst is null ? null : RosterErrors.WouldBreak(ground.Name(person), words.Say(worst));
    }

    private async Task<Result<(Roster Row, Ground Ground, Turn Turn)>> TurnAsync(Guid id, Guid turnId, Actor actor, CancellationToken ct)
    {
        var found = await EditRoster.DraftAsync(db, read, id, actor, ct);
        if (found.IsFailure) return found.Error;
        var turn = await db.Set<Turn>().SingleOrDefaultAsync(t => t.Id == turnId && t.RosterId == id, ct);
        if (turn is null) return RosterErrors.NotFound;
        var (row, ground) = found.Value;
        return row.FromId is not null && ground.DutyById[turn.DutyId].Starts <= clock.GetUtcNow() ? RosterErrors.Begun : (row, ground, turn);
    }

    private Task<Result> SaveAsync(Roster row, string action, object details, Actor actor, CancellationToken ct)
    {
        EditRoster.Touch(db, row);
        db.Record(actor, action, "roster", row.Id, details: details);
        return EditRoster.CommitAsync(db, ct);
    }
}
