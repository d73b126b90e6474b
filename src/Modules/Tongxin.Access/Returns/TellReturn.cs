using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Returns.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;

namespace Tongxin.Access.Returns;

/// <summary>Payload of a notice.</summary>
internal sealed record ReturnNotice(Guid ReturnId, string What, string? Arg, DateTimeOffset At);

/// <summary>Leaves the notice on the own page and sends it by every further way there is. Once by key, however often it runs.</summary>
internal sealed class TellReturn(TongxinDb db, IEnumerable<IReturnNotices> ways) : IOutboxHandler
{
    public const string MessageKind = "access.return.notice";

    public string Kind => MessageKind;

    public async Task HandleAsync(string key, string payload, CancellationToken ct)
    {
        var notice = JsonSerializer.Deserialize<ReturnNotice>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        if (await db.Set<ReturnNote>().AnyAsync(n => n.Key == key, ct)) return;
        var record = await db.Set<ReturnRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == notice.ReturnId, ct);
        if (record is null) return;
        foreach (var way in ways) await way.SendAsync(new ReturnNoticeToSend(record.Id, record.PersonId, record.PhoneSealed, notice.What, notice.Arg), ct);
        db.Add(ReturnNote.Of(record.Id, key, notice.What, notice.Arg, notice.At));
        db.Record(Actor.System, "access.return.told", "return", record.Id, details: new { notice.What });
        await db.CommitAsync(ct);
    }
}
