using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;

namespace Tongxin.Access.Restrictions;

/// <summary>Tells a person of a change by every way there is: what, why, by which rule, until when, who, and that there is an appeal.</summary>
internal sealed class TellPersons(TongxinDb db, NoticeSender sender, SecretBox box) : IOutboxHandler
{
    public string Kind => MeasureSteps.NoticeKind;

    public async Task HandleAsync(string key, string payload, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize<NoticeAsked>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        var found = await (
            from e in db.Set<MeasureEvent>().AsNoTracking()
            join m in db.Set<Measure>() on e.MeasureId equals m.Id
            where e.Id == asked.EventId
            select new { Event = e, Measure = m }).SingleOrDefaultAsync(ct);
        if (found is null) return;
        var (step, measure) = (found.Event, found.Measure);
        var unit = await sender.UnitAsync(step.ByUnit, ct);
        var notice = new RestrictionNotice(
            step.Id, measure.PersonId, measure.Id, step.Step, measure.Kind, $"{measure.EditionId}/{measure.Kind}", measure.Basis, box.Unseal(step.ReasonSealed), step.Until, unit, step.At);
        await sender.SendAsync(notice, "measure", measure.Id, ct);
    }
}

/// <summary>Sends a notice by every way there is, and journals that it went.</summary>
internal sealed class NoticeSender(TongxinDb db, IEnumerable<IRestrictionNotices> ways, IUnits units, TimeProvider clock)
{
    /// <summary>Name of the unit that decided; null for the clock.</summary>
    public async Task<string?> UnitAsync(Guid? unit, CancellationToken ct) =>
        unit is { } id ? (await units.ListAsync(CampusCalendar.DayOf(clock.GetUtcNow()), ct)).FirstOrDefault(u => u.Id == id)?.Name : null;

    /// <summary>Commits.</summary>
    public async Task SendAsync(RestrictionNotice notice, string subjectKind, Guid subject, CancellationToken ct)
    {
        foreach (var way in ways) await way.SendAsync(notice, ct);
        db.Record(Actor.System, "access.notice.sent", subjectKind, subject, details: new { step = notice.Step });
        await db.CommitAsync(ct);
    }
}

/// <summary>The way that is always there: on the person's own pass.</summary>
internal sealed class NoteOnPass(TongxinDb db, SecretBox box, TimeProvider clock) : IRestrictionNotices
{
    public async Task SendAsync(RestrictionNotice notice, CancellationToken ct)
    {
        var key = notice.Id.ToString("N");
        if (await db.Set<Notice>().AnyAsync(n => n.Key == key, ct)) return;
        db.Add(Notice.To(notice.PersonId, key, box.Seal(JsonSerializer.Serialize(notice, JsonSerializerOptions.Web)) ?? [], clock.GetUtcNow()));
    }
}

/// <summary>Notices as their person sees them.</summary>
internal sealed class ReadNotices(TongxinDb db, SecretBox box)
{
    public const int Most = 50;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<RestrictionNotice>> OfAsync(Guid person, CancellationToken ct) =>
        [.. (await db.Set<Notice>().AsNoTracking().Where(n => n.PersonId == person).OrderByDescending(n => n.At).Take(Most).ToListAsync(ct))
            .Select(n => JsonSerializer.Deserialize<RestrictionNotice>(box.Unseal(n.BodySealed) ?? "{}", JsonSerializerOptions.Web)).OfType<RestrictionNotice>()
            .OrderByDescending(n => n.At)];
}
