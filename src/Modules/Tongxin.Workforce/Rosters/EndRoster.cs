using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>撤回: a published roster or a draft is taken back, with a reason.</summary>
internal sealed class EndRoster(TongxinDb db, ReadGround read, TimeProvider clock)
{
    private const int LongestWhy = 300;

    public async Task<Result> WithdrawAsync(Guid id, string? why, Actor actor, CancellationToken ct)
    {
        var row = await db.Set<Roster>().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (row is null || await read.ReadAsync(row, actor, RosterPermissions.PublishRosters, ct) is not { } ground) return RosterErrors.NotFound;
        if (row.State is not (RosterState.Published or RosterState.Draft)) return RosterErrors.NotPublished;
        var reason = why?.Trim();
        if (reason is not { Length: > 0 and <= LongestWhy }) return RosterErrors.WhyMissing;
        var now = clock.GetUtcNow();
        if (row.State == RosterState.Published)
        {
            db.Raise(new RosterWithdrawn(id, row.SeriesId,
                [.. from t in ground.Turns let d = ground.DutyById[t.DutyId] where d.Starts > now select new TurnNotice(t.Id, t.PersonId, t.DutyId, d.Starts, d.Ends)]));
        }
        row.Withdraw(reason, now);
        db.Record(actor, "workforce.roster.withdrawn", "roster", id, reason);
        return await EditRoster.CommitAsync(db, ct);
    }
}
