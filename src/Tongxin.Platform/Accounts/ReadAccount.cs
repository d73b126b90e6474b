using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Accounts;

/// <summary>One account as its administrator sees it: no fact of the register but the name of the home unit.</summary>
internal sealed record AccountFacts(
    Guid Id, string UserName, string DisplayName, string? UnitName, bool HasPerson, DateTimeOffset CreatedAt, DateTimeOffset? EndsAt, bool HasEnded,
    DateTimeOffset? LockedUntil, bool MustChangePassword, bool IsOwn, IReadOnlyList<GrantLine> Grants);

internal sealed class ReadAccount(TongxinDb db, GrantList grants, IScopeDirectory scopes, TimeProvider clock)
{
    public async Task<AccountFacts?> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account) return null;
        var now = clock.GetUtcNow();
        return new AccountFacts(
            id, account.UserName ?? "", account.DisplayName,
            account.UnitId is { } unit ? await scopes.NameAsync(ScopeKind.Unit, unit, ct) : null,
            account.PersonId is not null, account.CreatedAt, account.EndsAt, account.HasEnded(now),
            account.LockoutEnd > now ? account.LockoutEnd : null, account.MustChangePassword, id == actor.AccountId,
            await grants.OfAsync(account, now, ct));
    }
}
