using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Teams;

/// <summary>Whoever is in an open team now is its captain or helper; when either ends, so does the right.</summary>
internal sealed class TeamGrants(TongxinDb db) : IGrantSource
{
    public async Task<IReadOnlyList<DerivedGrant>> GrantsOfAsync(Guid personId, DateTimeOffset at, CancellationToken ct)
    {
        var day = CampusCalendar.DayOf(at);
        var now = await (
            from m in db.Set<Membership>().AsNoTracking()
            join t in db.Set<Team>() on m.TeamId equals t.Id
            where m.PersonId == personId && m.From <= at && (m.Until == null || at < m.Until)
                && t.StartsOn <= day && (t.EndsOn == null || day < t.EndsOn)
            select new { m.TeamId, m.Role }).ToListAsync(ct);
        return [.. now.Select(m => new DerivedGrant(m.Role == TeamRole.Captain ? Roles.Captain : Roles.Helper, ScopeKind.Team, m.TeamId))];
    }
}
