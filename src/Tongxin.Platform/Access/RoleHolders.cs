using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Access;

/// <summary>Who holds a role, for notices to an office. Asks nobody's permission and says nothing but ids.</summary>
public interface IRoleHolders
{
    /// <summary>The persons behind accounts in force that hold the role now for the whole installation; accounts of nobody are left out.</summary>
    Task<IReadOnlyList<Guid>> PersonsAsync(string role, CancellationToken ct);
}

internal sealed class RoleHolders(TongxinDb db, TimeProvider clock) : IRoleHolders
{
    public async Task<IReadOnlyList<Guid>> PersonsAsync(string role, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return [.. (await (
            from g in db.Set<Grant>()
            join a in db.Users on g.AccountId equals a.Id
            where g.Role == role && g.ScopeKind == ScopeKind.Everything && g.From <= now && (g.Until == null || g.Until > now) && a.PersonId != null && (a.EndsAt == null || a.EndsAt > now)
            select a.PersonId).Distinct().ToListAsync(ct)).OfType<Guid>().Order()];
    }
}
