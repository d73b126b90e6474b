using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Approvals;

internal sealed class ApprovalDesk(TongxinDb db, IEnumerable<ApprovalKind> kinds, TimeProvider clock) : IApprovals
{
    public Result<Guid> Request(string kind, ApprovalTitle title, Guid? subjectId, object payload, string why, Actor actor)
    {
        if (string.IsNullOrWhiteSpace(why)) return Error.Invalid("platform.approval.why");
        if (actor.UnitId is null) return Error.Forbidden("platform.approval.unit-unknown");
        var approval = Approval.Ask(kind, title, subjectId, payload, why, actor, clock.GetUtcNow());
        db.Add(approval);
        db.Record(actor, "platform.approval.request", "platform.approval", approval.Id, approval.Why, new { kind, subjectId });
        return approval.Id;
    }

    public async Task<Result> DecideAsync(Guid id, bool approve, string why, Actor actor, CancellationToken ct)
    {
        var approval = await db.Set<Approval>().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (approval is null || !Concerns(approval, actor)) return Error.NotFound("platform.approval.none");
        var decided = approval.Decide(approve, why, actor, RolesOf(approval.Kind), clock.GetUtcNow());
        if (decided.IsFailure) return decided;

        db.Raise(new ApprovalDecided(id, approval.Kind, approval.SubjectId, approval.Payload, approve, approval.RequestedBy, actor));
        db.Record(actor, approve ? "platform.approval.approve" : "platform.approval.refuse", "platform.approval", id, approval.DecisionWhy, new { approval.Kind, approval.SubjectId });
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException failure) when (failure.Entries.Any(e => e.Entity is Approval))
        {
            return Error.Conflict("platform.approval.decided");
        }
        catch (ApprovalRefusedException refused)
        {
            db.Forget();
            return refused.Error;
        }
    }

    public async Task<ApprovalView?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var approval = await db.Set<Approval>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        return approval is not null && Concerns(approval, actor) ? View(approval, actor) : null;
    }

    public async Task<IReadOnlyList<ApprovalView>> ListOpenAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var open = await db.Set<Approval>().AsNoTracking()
            .Where(a => a.State == ApprovalState.Open && a.ExpiresAt > now).OrderBy(a => a.ExpiresAt).ToListAsync(ct);
        return [.. open.Where(a => Concerns(a, actor)).Select(a => View(a, actor))];
    }

    private bool Concerns(Approval approval, Actor actor) =>
        approval.RequestedBy == actor.AccountId || Approval.MayDecide(actor, RolesOf(approval.Kind));

    private ApprovalView View(Approval approval, Actor actor) => approval.ToView(approval.Obstacle(actor, RolesOf(approval.Kind), clock.GetUtcNow()));

    private string[] RolesOf(string kind) => [.. kinds.Where(k => k.Kind == kind).SelectMany(k => k.Roles)];
}

/// <summary>Lets a module name who decides its requests.</summary>
public static class ApprovalKinds
{
    /// <summary>Registers a kind; with no roles, every decider may.</summary>
    public static IServiceCollection AddApprovalKind(this IServiceCollection services, string kind, params string[] roles) =>
        services.AddSingleton(new ApprovalKind(kind, roles));
}
