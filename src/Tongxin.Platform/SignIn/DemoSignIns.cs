using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.SignIn;

/// <summary>The accounts that a demonstration offers on its sign-in page. Empty anywhere else.</summary>
internal sealed class DemoSignIns(TongxinDb db, ActorGrants grants, PlatformSettings settings, TimeProvider clock)
{
    private const int Most = 20;

    public async Task<IReadOnlyList<DemoSignIn>> ListAsync(CancellationToken ct)
    {
        if (!settings.Demo) return [];
        var now = clock.GetUtcNow();
        var accounts = await db.Users.AsNoTracking().Where(a => a.Demo && (a.EndsAt == null || a.EndsAt > now)).OrderBy(a => a.Id).Take(Most).ToListAsync(ct);
        List<DemoSignIn> all = [];
        foreach (var account in accounts)
        {
            var roles = (await grants.OfAsync(account, now, ct)).Select(g => g.Role).Distinct(StringComparer.Ordinal);
            all.Add(new DemoSignIn(account.UserName ?? "", account.DisplayName, [.. roles]));
        }
        return all;
    }
}

internal sealed record DemoSignIn(string UserName, string DisplayName, IReadOnlyList<string> Roles);
