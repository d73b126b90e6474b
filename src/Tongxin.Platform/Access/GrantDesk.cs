using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Access;

/// <summary>Gives and ends grants. Far-reaching ones are only asked for; they begin when a second person has agreed.</summary>
internal sealed class GrantDesk(TongxinDb db, IScopeDirectory scopes, TimeProvider clock)
{
    public const string ApprovalKind = "platform.grant";

    public async Task<Result<GrantAnswer>> AskAsync(NewGrant asked, Actor actor, CancellationToken ct)
    {
        var refusal = await RefuseAsync(asked, actor, ct);
        if (refusal is not null) return refusal;
        return new GrantAnswer(Give(asked, actor, approval: null), null);
    }

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
        if (account.Id == actor.AccountId || (account.PersonId is { } person && person == actor.PersonId)) return Error.Forbidden("platform.grant.self");

        var same = await db.Set<Grant>().AsNoTracking()
            .Where(g => g.AccountId == asked.AccountId && g.Role == asked.Role && g.ScopeKind == asked.ScopeKind && g.ScopeId == asked.ScopeId).ToListAsync(ct);
        return same.Exists(g => g.InForce(now)) ? Error.Conflict("platform.grant.already") : null;
    }

    private Guid Give(NewGrant asked, Actor actor, Guid? approval)
    {
        var grant = Grant.Give(
            asked.AccountId, asked.Role, asked.ScopeKind, asked.ScopeId, clock.GetUtcNow(), asked.Until, asked.Reason.Trim(), actor.AccountId, approval);
        db.Add(grant);
        db.Record(actor, "platform.grant.given", "account", asked.AccountId, asked.Reason,
            new { grant = grant.Id, asked.Role, scope = asked.ScopeKind.ToString(), asked.ScopeId, asked.Until, approval });
        return grant.Id;
    }
}
