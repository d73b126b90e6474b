using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Duties;

/// <summary>A roster came into force or was withdrawn: whoever has new turns, or lost some, is told once.</summary>
internal sealed class TellOfRosters(TongxinDb db, TimeProvider clock) : IHandle<RosterPublished>, IHandle<RosterWithdrawn>
{
    public Task HandleAsync(RosterPublished happened, CancellationToken ct)
    {
        Tell(DutyNoteKind.Assigned, happened.RosterId, happened.Added);
        Tell(DutyNoteKind.Cancelled, happened.RosterId, happened.Removed);
        return Task.CompletedTask;
    }

    public Task HandleAsync(RosterWithdrawn happened, CancellationToken ct)
    {
        Tell(DutyNoteKind.Cancelled, happened.RosterId, happened.Removed);
        return Task.CompletedTask;
    }

    // One line for each person, however many turns it is about: the list itself says which.
    private void Tell(DutyNoteKind kind, Guid roster, IReadOnlyList<TurnNotice> turns)
    {
        var now = clock.GetUtcNow();
        foreach (var own in turns.Where(t => now < t.Ends).GroupBy(t => t.PersonId))
            db.Add(DutyNote.To(own.Key, kind, own.MinBy(t => t.Starts)!.TurnId, $"{kind}:{roster:N}:{own.Key:N}", now)); // a group has a first
    }
}
