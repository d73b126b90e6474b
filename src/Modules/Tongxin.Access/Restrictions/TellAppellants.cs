using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;

namespace Tongxin.Access.Restrictions;

/// <summary>Payload of the outbox: which answer a person is told of.</summary>
internal sealed record AnswerNotice(Guid EventId, RestrictionStep Step);

/// <summary>Tells a person what became of an appeal, with the answer itself; also where it leaves the measure as it is.</summary>
internal sealed class TellAppellants(TongxinDb db, NoticeSender sender, SecretBox box) : IOutboxHandler
{
    public const string NoticeKind = "access.appeal-notice";

    public string Kind => NoticeKind;

    public async Task HandleAsync(string key, string payload, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize<AnswerNotice>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        var found = await (
            from e in db.Set<AppealEvent>().AsNoTracking()
            join a in db.Set<Appeal>() on e.AppealId equals a.Id
            join m in db.Set<Measure>() on a.MeasureId equals m.Id
            where e.Id == asked.EventId
            select new { Event = e, Appeal = a, Measure = m }).AsNoTracking().SingleOrDefaultAsync(ct);
        if (found is null) return;
        var (fact, appeal, measure) = (found.Event, found.Appeal, found.Measure);
        var answer = asked.Step is RestrictionStep.ReviewCorrected or RestrictionStep.ReviewUpheld ? appeal.ReviewAnswerSealed : appeal.AnswerSealed;
        var unit = await sender.UnitAsync(fact.ByUnit, ct);
        // The person may have been merged with another row of the register since the measure began: the appeal followed.
        var notice = new RestrictionNotice(
            fact.Id, appeal.PersonId, measure.Id, asked.Step, measure.Kind, $"{measure.EditionId}/{measure.Kind}", measure.Basis, box.Unseal(answer), measure.OverAt ?? measure.Until, unit, fact.At);
        await sender.SendAsync(notice, "appeal", appeal.Id, ct);
    }
}
