using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>Sends the notice of a decision by every way there is. A decision that was changed meanwhile has its own notice.</summary>
internal sealed class TellApplicant(TongxinDb db, IEnumerable<IDecisionNotices> ways, TimeProvider clock) : IOutboxHandler
{
    public string Kind => DecideApplications.NoticeKind;

    public async Task HandleAsync(string key, string payload, CancellationToken ct)
    {
        var wanted = JsonSerializer.Deserialize<NoticeOfDecision>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        var application = await db.Set<Application>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == wanted.ApplicationId, ct);
        if (application is null || application.DecidedAt != wanted.DecidedAt || application.ToldAt is not null) return;
        var call = await db.Set<Call>().AsNoTracking().SingleAsync(c => c.Id == application.CallId, ct);
        foreach (var way in ways)
            await way.SendAsync(new DecisionNotice(application.Id, wanted.DecidedAt, application.PersonId, application.PhoneSealed, call.Title, $"/j/{call.Code}/result"), ct);
        var now = clock.GetUtcNow();
        // Past the row's version: who looks at the application now has not been overtaken by a notice.
        await db.Set<Application>().Where(a => a.Id == application.Id && a.DecidedAt == application.DecidedAt).ExecuteUpdateAsync(s => s.SetProperty(a => a.ToldAt, now), ct);
        db.Record(Actor.System, "workforce.application.told", "application", application.Id);
        await db.CommitAsync(ct);
    }
}
