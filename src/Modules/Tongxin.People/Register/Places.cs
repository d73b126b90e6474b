using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

internal sealed class Places(TongxinDb db) : IPlaces
{
    public async Task<IReadOnlyList<PlaceView>> ListAsync(CancellationToken ct) =>
        await db.Set<Place>().AsNoTracking().OrderBy(p => p.SortKey)
            .Select(p => new PlaceView(p.Id, p.ParentId, p.Kind, p.Name, p.Code, p.Path, p.SortKey, p.X, p.Y, p.Width, p.Height))
            .ToListAsync(ct);

    public async Task DrawAsync(IReadOnlyList<PlaceDrawing> drawings, Actor actor, CancellationToken ct)
    {
        var byPlace = drawings.ToDictionary(d => d.PlaceId);
        foreach (var place in await db.Set<Place>().Where(p => byPlace.Keys.Contains(p.Id)).ToListAsync(ct))
        {
            var drawing = byPlace[place.Id];
            place.Draw(drawing.X, drawing.Y, drawing.Width, drawing.Height);
        }
        db.Record(actor, "people.places.drawn", "place", null, details: new { places = drawings.Count });
    }
}
