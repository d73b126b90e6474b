using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.ApprovalsDesk;

/// <summary>Decides a request. Beyond the rules of every approval: nobody agrees to a role for oneself.</summary>
internal sealed class DecideApproval(TongxinDb db, IApprovals approvals)
{
    public async Task<Result> ExecuteAsync(Guid id, bool approve, string why, Actor actor, CancellationToken ct) =>
        approve && await IsForMeAsync(id, actor, ct) ? Error.Forbidden("platform.grant.self") : await approvals.DecideAsync(id, approve, why, actor, ct);

    /// <summary>Whether the role that is asked for would be the actor's own.</summary>
    public async Task<bool> IsForMeAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var request = await db.Set<Approval>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.Kind == GrantDesk.ApprovalKind, ct);
        if (request?.SubjectId is not { } subject) return false;
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == subject, ct) is { } account && GrantDesk.IsSelf(account, actor);
    }
}
