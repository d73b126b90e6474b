using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.Platform.AccessReview;

/// <summary>A role in force and who holds it, who gave it, whether a second person agreed.</summary>
internal sealed record ReviewLine(Guid AccountId, string Holder, string UserName, GrantLine Grant, string? GivenBy, bool WasApproved);

/// <summary>Who may do what, where, until when: every grant in force that was given by hand.</summary>
internal sealed class ReviewAccess(TongxinDb db, GrantList grants, TimeProvider clock)
{
    /// <summary>What ends within this time is worth asking about now.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public static readonly TableDefaults Defaults = new("role", FilterKeys: ["role", "end"], Size: 100);

    public async Task<(IReadOnlyList<ReviewLine> Rows, int Total)> ExecuteAsync(TableQuery query, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var soon = now + Soon;
        var found = from grant in db.Set<Grant>().AsNoTracking()
                    join account in db.Users.AsNoTracking() on grant.AccountId equals account.Id
                    where grant.From <= now && (grant.Until == null || grant.Until > now) && (account.EndsAt == null || account.EndsAt > now)
                    select new { grant, account };
        if (query.Filter("role") is { } role) found = found.Where(f => f.grant.Role == role);
        found = query.Filter("end") switch
        {
            "soon" => found.Where(f => f.grant.Until <= soon),
            "open" => found.Where(f => f.grant.Until == null),
            _ => found,
        };
        var total = await found.CountAsync(ct);
        var ordered = query.Sort switch
        {
            "holder" => found.OrderBy(f => f.account.DisplayName),
            "until" => found.OrderBy(f => f.grant.Until),
            _ => found.OrderBy(f => f.grant.Role).ThenBy(f => f.account.DisplayName),
        };
        var page = await ordered.ThenBy(f => f.grant.Id).Skip(query.Skip).Take(query.Size).ToListAsync(ct);
        var givers = page.Select(p => p.grant.GivenBy).Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(a => givers.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, ct);
        List<ReviewLine> lines = [];
        foreach (var row in page)
        {
            lines.Add(new ReviewLine(row.account.Id, row.account.DisplayName, row.account.UserName ?? "", await grants.LineAsync(row.grant, ct),
                names.GetValueOrDefault(row.grant.GivenBy), row.grant.ApprovalId is not null));
        }
        return (lines, total);
    }
}
