using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;

namespace Tongxin.Access.Returns;

/// <summary>Payload of the clock that looks after the day of a slot.</summary>
internal sealed record MissedSlot(Guid ReturnId, Guid SlotId);

/// <summary>Due at the midnight after a slot: who still holds it and did not come is overdue, and the counsellor's list has one more.</summary>
internal sealed class MissArrivals(TongxinDb db, ReturnMoves moves, TimeProvider clock) : IOutboxHandler
{
    public const string MessageKind = "access.return.due";

    public string Kind => MessageKind;

    public async Task HandleAsync(string key, string payload, CancellationToken ct)
    {
        var missed = JsonSerializer.Deserialize<MissedSlot>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        var record = await db.Set<ReturnRecord>().SingleOrDefaultAsync(r => r.Id == missed.ReturnId, ct);
        // Changed, given back or arrived meanwhile; a slot booked later has a clock of its own.
        if (record is not { State: ReturnState.Booked } || record.SlotId != missed.SlotId) return;
        var day = await db.Set<ReturnSlot>().Where(s => s.Id == missed.SlotId).Select(s => s.Day).SingleAsync(ct);
        if (clock.GetUtcNow() < CampusCalendar.StartOf(day.AddDays(1))) return;
        ReturnRules.Must(moves.Step(record, ReturnStep.Miss, ReturnDoer.Clock));
        moves.Tell(record, "note.missed");
        db.Record(Actor.System, "access.return.missed", "return", record.Id);
        await db.CommitAsync(ct);
    }
}
