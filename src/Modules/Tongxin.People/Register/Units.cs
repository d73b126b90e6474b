using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

internal sealed class Units(TongxinDb db) : IUnits
{
    public async Task<IReadOnlyList<UnitView>> ListAsync(DateOnly day, CancellationToken ct) =>
        await db.Set<OrganisationUnit>().AsNoTracking()
            .Where(u => u.StartsOn <= day && (u.EndsOn == null || day < u.EndsOn))
            .OrderBy(u => u.SortKey)
            .Select(u => new UnitView(u.Id, u.ParentId, u.Kind, u.Name, u.Path, u.StartsOn, u.EndsOn))
            .ToListAsync(ct);
}
