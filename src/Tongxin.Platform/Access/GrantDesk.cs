using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Access;

/// <summary>Gives and ends grants. Far-reaching ones are only asked for; they begin when a second person has agreed.</summary>
internal sealed class GrantDesk(TongxinDb db, IApprovals approvals, IScopeDirectory scopes, TimeProvider clock)
{
    public const string ApprovalKind = "platform.grant";

    public async Task<Result<GrantAnswer>> AskAsync(NewGrant asked, Actor actor, CancellationToken ct)
    {
        var refusal = await RefuseAsync(asked, actor, ct);
        if (refusal is not null) return refusal;
        if (actor.IsSystem || !FarReaching.Is(asked.Role, asked.ScopeKind)) return new GrantAnswer(Give(asked, actor, actor.AccountId, approval: null), null);

        var request = approvals.Request(ApprovalKind, new ApprovalTitle($"approval.grant.{asked.Role}"), asked.AccountId, asked, asked.Reason, actor);
        return request.IsFailure ? request.Error : new GrantAnswer(null, request.Value);
    }

    /// <summary>The second person agreed. Whatever became impossible meanwhile is noted and left.</summary>
    public async Task GiveApprovedAsync(NewGrant asked, Guid requester, Guid approval, Actor decider, CancellationToken ct)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == asked.AccountId, ct) is not { } account
            || account.HasEnded(clock.GetUtcNow()) || asked.Until <= clock.GetUtcNow() || await HasSameAsync(asked, ct))
        {
            db.Record(decider, "platform.grant.void", "account", asked.AccountId, details: new { asked.Role, approval });
            return;
        }
        if (IsSelf(account, decider)) throw new InvalidOperationException("Nobody agrees to a grant for oneself.");
        Give(asked, decider, requester, approval);
    }

    /// <summary>Whether the actor is the one who would get it, by this or another account.</summary>
    public static bool IsSelf(Account account, Actor actor) =>
        account.Id == actor.AccountId || (account.PersonId is { } person && person == actor.PersonId);

    public async Task<Result> EndAsync(Guid grantId, string reason, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return Error.Invalid("platform.reason.missing");
        var grant = await db.Set<Grant>().SingleOrDefaultAsync(g => g.Id == grantId, ct);
        if (grant is null) return Error.NotFound("platform.grant.none");
        // So that somebody who may give rights is always left.
        if (grant.AccountId == actor.AccountId) return Error.Forbidden("platform.account.own");
        if (!grant.InForce(clock.GetUtcNow())) return Error.Conflict("platform.grant.over");

        grant.End(clock.GetUtcNow());
        db.Record(actor, "platform.grant.ended", "account", grant.AccountId, reason, new { grant = grant.Id, grant.Role });
        return Result.Ok;
    }

    /// <summary>Ends the grants that needed a second person; their ids.</summary>
    public async Task<IReadOnlyList<Guid>> EndFarReachingAsync(Guid accountId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var held = await db.Set<Grant>().Where(g => g.AccountId == accountId).ToListAsync(ct);
        var far = held.Where(g => g.InForce(now) && FarReaching.Is(g.Role, g.ScopeKind)).ToList();
        far.ForEach(g => g.End(now));
        return [.. far.Select(g => g.Id)];
    }

    private async Task<Error?> RefuseAsync(NewGrant asked, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!Roles.Grantable.Contains(asked.Role)) return Error.Invalid("platform.grant.role");
        if (string.IsNullOrWhiteSpace(asked.Reason)) return Error.Invalid("platform.reason.missing");
        if (asked.Until <= now) return Error.Invalid("platform.grant.until");
        if ((asked.ScopeKind == ScopeKind.Everything) != asked.ScopeId is null) return Error.Invalid("platform.grant.scope");
        if (asked.ScopeId is { } scope && await scopes.NameAsync(asked.ScopeKind, scope, ct) is null) return Error.NotFound("platform.grant.scope");

        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == asked.AccountId, ct);
        if (account is null) return Error.NotFound("platform.account.none");
        if (account.HasEnded(now)) return Error.Conflict("platform.account.ended");
        if (IsSelf(account, actor)) return Error.Forbidden("platform.grant.self");
        return await HasSameAsync(asked, ct) ? Error.Conflict("platform.grant.already") : null;
    }

    private async Task<bool> HasSameAsync(NewGrant asked, CancellationToken ct)
    {
        var same = await db.Set<Grant>().AsNoTracking()
            .Where(g => g.AccountId == asked.AccountId && g.Role == asked.Role && g.ScopeKind == asked.ScopeKind && g.ScopeId == asked.ScopeId).ToListAsync(ct);
        return same.Exists(g => g.InForce(clock.GetUtcNow()));
    }

    private Guid Give(NewGrant asked, Actor actor, Guid by, Guid? approval)
    {
        var grant = Grant.Give(
            asked.AccountId, asked.Role, asked.ScopeKind, asked.ScopeId, clock.GetUtcNow(), asked.Until, asked.Reason.Trim(), by, approval);
        db.Add(grant);
        db.Record(actor, "platform.grant.given", "account", asked.AccountId, asked.Reason,
            new { grant = grant.Id, asked.Role, scope = asked.ScopeKind.ToString(), asked.ScopeId, asked.Until, approval });
        return grant.Id;
    }
}

/// <summary>Lets a far-reaching grant begin, in the transaction that decides.</summary>
internal sealed class GrantWhenApproved(GrantDesk desk) : IHandle<ApprovalDecided>
{
    public Task HandleAsync(ApprovalDecided happened, CancellationToken ct) =>
        happened is { Kind: GrantDesk.ApprovalKind, Approved: true }
            ? desk.GiveApprovedAsync(Read(happened.Payload), happened.RequestedBy, happened.Id, happened.DecidedBy, ct)
            : Task.CompletedTask;

    internal static NewGrant Read(string payload) =>
        JsonSerializer.Deserialize<NewGrant>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("A grant request without a grant.");
}
