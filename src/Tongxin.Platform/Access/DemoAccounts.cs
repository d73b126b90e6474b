using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Access;

/// <summary>The accounts of the demonstration: known password, no second person, useless outside a demonstration.</summary>
internal sealed class DemoAccounts(TongxinDb db, ILookupNormalizer normalizer, IPasswordHasher<Account> hasher, PlatformSettings settings, TimeProvider clock)
{
    public async Task EnsureAsync(IReadOnlyList<DemoAccount> accounts, CancellationToken ct)
    {
        if (!settings.Demo) throw new InvalidOperationException("Demonstration accounts belong to a demonstration (Tongxin:Demo).");
        foreach (var asked in accounts)
        {
            var normalized = normalizer.NormalizeName(asked.UserName);
            if (await db.Users.AnyAsync(a => a.NormalizedUserName == normalized, ct)) continue;
            Add(asked, normalized);
        }
    }

    private void Add(DemoAccount asked, string? normalized)
    {
        var now = clock.GetUtcNow();
        var account = new Account
        {
            Id = Ids.New(),
            UserName = asked.UserName,
            NormalizedUserName = normalized,
            DisplayName = asked.DisplayName,
            PersonId = asked.PersonId,
            UnitId = asked.UnitId,
            CreatedAt = now,
            SecurityStamp = Ids.New().ToString("N"),
            LockoutEnabled = true,
            Demo = true,
        };
        account.PasswordHash = hasher.HashPassword(account, DemoAccount.Password);
        db.Add(account);
        if (asked.Role is { } role) db.Add(Grant.Give(account.Id, role, asked.ScopeKind, asked.ScopeId, now, until: null, "demo"));
        db.Record(Actor.System, "platform.account.created", "account", account.Id, "demo", new { asked.Role });
    }
}
