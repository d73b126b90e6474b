using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

internal sealed class Places(TongxinDb db) : IPlaces
{
    public async Task<IReadOnlyList<PlaceView>> ListAsync(CancellationToken ct) =>
        await db.Set<Place>().AsNoTracking().OrderBy(p => p.SortKey)
            .Select(p => new PlaceView(p.Id, p.ParentId, p.Kind, p.Name, p.Code, p.Path, p.SortKey, p.X, p.Y, p.Width, p.Height))
            .ToListAsync(ct);
}
