using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.Platform.Accounts;

/// <summary>A line of the list of accounts.</summary>
internal sealed record AccountLine(Guid Id, string UserName, string DisplayName, DateTimeOffset CreatedAt, DateTimeOffset? EndsAt, bool HasEnded, IReadOnlyList<string> Roles);

/// <summary>All accounts, searched by user name or shown name; ended ones only when asked for.</summary>
internal sealed class ListAccounts(TongxinDb db, TimeProvider clock)
{
    public static readonly TableDefaults Defaults = new("name", FilterKeys: ["state", "role"]);

    private static readonly TableSort<Account> Sort = new TableSort<Account>(a => a.Id)
        .By("name", a => a.DisplayName).By("user", a => a.NormalizedUserName).By("created", a => a.CreatedAt).By("ends", a => a.EndsAt);

    public async Task<(IReadOnlyList<AccountLine> Rows, int Total)> ExecuteAsync(TableQuery query, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = Narrow(db.Users.AsNoTracking(), query, now);
        var total = await found.CountAsync(ct);
        var rows = await Sort.Page(found, query).ToListAsync(ct);
        var ids = rows.Select(a => a.Id).ToList();
        var grants = (await db.Set<Grant>().AsNoTracking().Where(g => ids.Contains(g.AccountId) && (g.Until == null || g.Until > now)).ToListAsync(ct)).ToLookup(g => g.AccountId);
        return ([.. rows.Select(a => new AccountLine(a.Id, a.UserName ?? "", a.DisplayName, a.CreatedAt, a.EndsAt, a.HasEnded(now),
            [.. grants[a.Id].Where(g => g.InForce(now)).Select(g => g.Role).Distinct(StringComparer.Ordinal)]))], total);
    }

    private IQueryable<Account> Narrow(IQueryable<Account> accounts, TableQuery query, DateTimeOffset now)
    {
        accounts = query.Filter("state") == "ended" ? accounts.Where(a => a.EndsAt <= now) : accounts.Where(a => a.EndsAt == null || a.EndsAt > now);
        if (query.Filter("role") is { } role)
            accounts = accounts.Where(a => db.Set<Grant>().Any(g => g.AccountId == a.Id && g.Role == role && g.From <= now && (g.Until == null || g.Until > now)));
        if (UserNames.Clean(query.Q) is { Length: > 0 } text)
        {
            var upper = text.ToUpperInvariant();
            accounts = accounts.Where(a => a.NormalizedUserName!.Contains(upper) || a.DisplayName.Contains(text));
        }
        return accounts;
    }
}
