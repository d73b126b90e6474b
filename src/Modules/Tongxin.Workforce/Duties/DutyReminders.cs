using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Duties;

/// <summary>What the worker is to remind of.</summary>
internal sealed record DutyReminder(Guid Turn, Guid Person, DutyNoteKind Kind);

/// <summary>
/// Leaves a reminder for the evening before and one for two hours before each turn in the outbox, once a turn and person: a turn that
/// changes hands reminds its new holder.
/// </summary>
internal sealed class DutyReminders(TongxinDb db, DutyBook book, TimeProvider clock)
{
    public const string OutboxKind = "workforce.duty-reminder";
    private static readonly TimeOnly Evening = new(20, 0);
    private static readonly TimeSpan Before = TimeSpan.FromHours(2);
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(48);

    /// <summary>Plans what is due within two days; the number of reminders.</summary>
    public async Task<int> PlanAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + Ahead;
        var turns = await book.Turns.AsNoTracking()
            .Where(x => now < x.Duty.Starts && x.Duty.Starts < until && (x.Turn.State == TurnState.Published || x.Turn.State == TurnState.Confirmed))
            .Select(x => new { x.Turn.Id, x.Turn.PersonId, x.Duty.Starts }).ToListAsync(ct);
        var ids = turns.ConvertAll(t => t.Id);
        var planned = (await db.Set<PlannedReminder>().AsNoTracking().Where(r => ids.Contains(r.TurnId)).Select(r => new { r.TurnId, r.PersonId, r.Kind }).ToListAsync(ct))
            .Select(r => (r.TurnId, r.PersonId, r.Kind)).ToHashSet();
        var count = 0;
        foreach (var turn in turns)
        {
            var eve = CampusCalendar.At(CampusCalendar.DayOf(turn.Starts).AddDays(-1), Evening);
            // Made known too late for the evening before: two hours before is enough.
            if (now <= eve) Plan(DutyNoteKind.Tomorrow, eve);
            Plan(DutyNoteKind.Soon, turn.Starts - Before > now ? turn.Starts - Before : now);

            void Plan(DutyNoteKind kind, DateTimeOffset due)
            {
                if (!planned.Add((turn.Id, turn.PersonId, kind))) return;
                db.Add(PlannedReminder.Of(turn.Id, turn.PersonId, kind, due));
                db.Enqueue(OutboxKind, $"{kind}:{turn.Id:N}:{turn.PersonId:N}", new DutyReminder(turn.Id, turn.PersonId, kind), due);
                count++;
            }
        }
        // Another node was faster with some of them: what is left comes with the next round of the clock.
        return count > 0 && (await db.TryCommitAsync(ct)).IsFailure ? 0 : count;
    }
}

/// <summary>Puts the reminder on top of the person's duties, if the turn is still theirs and still to come.</summary>
internal sealed class SendDutyReminder(TongxinDb db, DutyBook book, DutyNotes notes, TimeProvider clock) : IOutboxHandler
{
    public string Kind => DutyReminders.OutboxKind;

    public async Task HandleAsync(string key, string payload, CancellationToken ct)
    {
        var due = JsonSerializer.Deserialize<DutyReminder>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("An empty reminder.");
        var now = clock.GetUtcNow();
        var stands = await book.Turns.AsNoTracking().AnyAsync(
            x => x.Turn.Id == due.Turn && x.Turn.PersonId == due.Person && now < x.Duty.Starts && (x.Turn.State == TurnState.Published || x.Turn.State == TurnState.Confirmed), ct);
        if (stands && await notes.TellAsync(due.Person, due.Kind, due.Turn, key, ct)) await db.CommitAsync(ct);
    }
}

/// <summary>Tells somebody something about a turn, once.</summary>
internal sealed class DutyNotes(TongxinDb db, TimeProvider clock)
{
    /// <summary>Adds the note unless it was told before; the caller commits.</summary>
    public async Task<bool> TellAsync(Guid person, DutyNoteKind kind, Guid turn, string key, CancellationToken ct)
    {
        if (await db.Set<DutyNote>().AnyAsync(n => n.Key == key, ct)) return false;
        db.Add(DutyNote.To(person, kind, turn, key, clock.GetUtcNow()));
        return true;
    }

    public void Tell(Guid person, DutyNoteKind kind, Guid turn, Guid about) =>
        db.Add(DutyNote.To(person, kind, turn, $"{kind}:{about:N}:{person:N}", clock.GetUtcNow()));
}
