using Tongxin.Core.Common;
using Tongxin.Core.Rostering;
using Tongxin.Platform.Access;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>Where a turn may be dropped on a page of the board.</summary>
/// <param name="Turn">The turn that is moved.</param>
/// <param name="Mark">What it is called on the board.</param>
/// <param name="Legend">Letter to words: "a" may be dropped, the others say which rule would break.</param>
/// <param name="Rows">One string for each person of the page, one letter for each day; '.' is no place for it.</param>
internal sealed record DropTargets(Guid Turn, string Mark, IReadOnlyDictionary<string, string> Legend, IReadOnlyList<string> Rows);

/// <summary>The server's verdict on every drop, before it is made: the page knows no rules.</summary>
internal sealed class BoardTargets(ReadGround read, RosterWords words, ChangeTurns change, TimeProvider clock)
{
    private const char May = 'a';
    private const char NoPlace = '.';

    public async Task<Result<DropTargets>> FindAsync(Guid id, int person, int day, int page, Actor actor, CancellationToken ct)
    {
        if (await read.LookAsync(id, actor, RosterPermissions.EditRosters, ct) is not { } ground) return RosterErrors.NotFound;
        if (!ground.IsDraft) return RosterErrors.NotDraft;
        if (TurnAt(ground, person, day) is not { } turn) return RosterErrors.NotFound;
        if (turn.IsLocked) return RosterErrors.Locked;
        var duty = ground.DutyById[turn.DutyId];
        var days = ground.Duties.Where(d => d.TemplateId == duty.TemplateId).ToDictionary(d => d.Day.DayNumber - ground.Roster.FirstDay.DayNumber);
        var letters = new Dictionary<string, char>(StringComparer.Ordinal);
        var rows = ground.People.Skip(page * BoardRows.PageSize).Take(BoardRows.PageSize)
            .Select(p => string.Create(ground.Roster.Days, 0, (row, _) =>
            {
                for (var d = 0; d < row.Length; d++) row[d] = Verdict(ground, turn, p.Id, days.GetValueOrDefault(d), letters);
            })).ToList();
        var legend = letters.ToDictionary(l => l.Value.ToString(), l => words.Name(l.Key));
        legend[May.ToString()] = words.May;
        return new DropTargets(turn.Id, duty.Mark, legend, rows);
    }

    /// <summary>Drops a turn on a cell of the board that was shown.</summary>
    public async Task<Result> DropAsync(Guid id, Guid turnId, int person, int day, int seen, Actor actor, CancellationToken ct)
    {
        if (await read.LookAsync(id, actor, RosterPermissions.EditRosters, ct) is not { } ground) return RosterErrors.NotFound;
        // Cells are named by their place: on another board they would mean others.
        if (ground.Roster.Version != seen) return RosterErrors.Changed;
        if (person < 0 || person >= ground.People.Count || ground.Turns.FirstOrDefault(t => t.Id == turnId) is not { } turn) return RosterErrors.NotFound;
        var template = ground.DutyById[turn.DutyId].TemplateId;
        var duty = ground.Duties.FirstOrDefault(d => d.TemplateId == template && d.Day == ground.Roster.FirstDay.AddDays(Math.Clamp(day, 0, ground.Roster.Days)));
        return duty is null ? RosterErrors.DutyMissing : await change.MoveAsync(id, turnId, ground.People[person].Id, duty.Id, anyway: false, actor, ct);
    }

    private static Turn? TurnAt(Ground ground, int person, int day) => person < 0 || person >= ground.People.Count ? null : ground.TurnsOfPerson[ground.People[person].Id]
        .Where(t => ground.DutyById[t.DutyId].Day == ground.Roster.FirstDay.AddDays(Math.Clamp(day, 0, ground.Roster.Days)))
        .OrderBy(t => t.IsLocked).ThenBy(t => ground.DutyById[t.DutyId].Starts).FirstOrDefault();

    private char Verdict(Ground ground, Turn turn, Guid person, RosterDuty? duty, Dictionary<string, char> letters)
    {
        if (duty is null || !ground.Members.ContainsKey(person) || ground.TurnsOfDuty[duty.Id].Any(t => t.PersonId == person)) return NoPlace;
        if (ground.Roster.FromId is not null && duty.Starts <= clock.GetUtcNow()) return NoPlace;
        if (ChangeTurns.IfMoves(ground, turn, person, duty.Id) is not [var first, ..]) return May;
        if (!letters.TryGetValue(first.Rule, out var letter)) letters[first.Rule] = letter = (char)(May + 1 + letters.Count);
        return letter;
    }
}
