using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>The way that is always there: a note on the own page of whoever the register knows, until it is read. The outbox commits it.</summary>
internal sealed class NoteOfDecision(TongxinDb db, TimeProvider clock) : IDecisionNotices
{
    public async Task SendAsync(DecisionNotice notice, CancellationToken ct)
    {
        if (notice.PersonId is not { } person) return;
        var key = $"{DutyNoteKind.ApplicationDecided}:{notice.ApplicationId:N}:{notice.DecidedAt.ToUnixTimeMilliseconds()}";
        if (await db.Set<DutyNote>().AnyAsync(n => n.Key == key, ct)) return;
        db.Add(DutyNote.To(person, DutyNoteKind.ApplicationDecided, notice.ApplicationId, key, clock.GetUtcNow()));
    }
}
