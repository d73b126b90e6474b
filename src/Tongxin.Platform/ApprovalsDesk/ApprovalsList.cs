using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.ApprovalsDesk;

/// <summary>A request with the names of the accounts that asked and decided.</summary>
internal sealed record ApprovalLine(ApprovalView Approval, string Requester, string? Decider, bool IsOwn);

/// <summary>What waits for a second person, and what was decided lately: the own requests, and those the actor may decide.</summary>
internal sealed class ApprovalsList(TongxinDb db, IApprovals approvals, IEnumerable<ApprovalKind> kinds, TimeProvider clock)
{
    private const int Most = 200;

    public async Task<IReadOnlyList<ApprovalLine>> WaitingAsync(Actor actor, CancellationToken ct) =>
        await WithNamesAsync(await approvals.ListOpenAsync(actor, ct), actor, ct);

    /// <summary>Decided or expired, latest first.</summary>
    public async Task<IReadOnlyList<ApprovalLine>> DoneAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var decides = actor.Can(PlatformPermissions.DecideApprovals);
        var rows = await db.Set<Approval>().AsNoTracking()
            .Where(a => (a.State != ApprovalState.Open || a.ExpiresAt <= now) && (decides || a.RequestedBy == actor.AccountId))
            .OrderByDescending(a => a.RequestedAt).Take(Most).ToListAsync(ct);
        return await WithNamesAsync(
            [.. rows.Where(a => a.RequestedBy == actor.AccountId || Approval.MayDecide(actor, RolesOf(a.Kind))).Select(a => a.ToView(null))], actor, ct);
    }

    public async Task<ApprovalLine?> FindAsync(Guid id, Actor actor, CancellationToken ct) =>
        await approvals.FindAsync(id, actor, ct) is { } found ? (await WithNamesAsync([found], actor, ct))[0] : null;

    /// <summary>The badge in the menu: what this actor could decide now.</summary>
    public static async Task<int> CountAsync(IServiceProvider services, Actor actor, CancellationToken ct) =>
        (await services.GetRequiredService<IApprovals>().ListOpenAsync(actor, ct)).Count(a => a.Obstacle is null);

    private async Task<IReadOnlyList<ApprovalLine>> WithNamesAsync(IReadOnlyList<ApprovalView> views, Actor actor, CancellationToken ct)
    {
        var ids = views.SelectMany(v => new[] { v.RequestedBy, v.DecidedBy ?? v.RequestedBy }).Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, ct);
        return
        [
            .. views.Select(v => new ApprovalLine(
                v, names.GetValueOrDefault(v.RequestedBy, ""), v.DecidedBy is { } by ? names.GetValueOrDefault(by) : null, v.RequestedBy == actor.AccountId)),
        ];
    }

    private string[] RolesOf(string kind) => [.. kinds.Where(k => k.Kind == kind).SelectMany(k => k.Roles)];
}
