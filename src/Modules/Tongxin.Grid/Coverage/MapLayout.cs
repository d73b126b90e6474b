using Tongxin.Grid.Cells;
using Tongxin.People.Contracts;

namespace Tongxin.Grid.Coverage;

/// <summary>A rectangle on the map, in metres.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height);

internal sealed record UnitBox(GridUnit Unit, Box Box);

internal sealed record BuildingBox(Guid Id, string Name, Box Box, IReadOnlyList<UnitBox> Units);

/// <summary>One site as it is drawn.</summary>
internal sealed record SiteMap(string Name, double Width, double Height, IReadOnlyList<BuildingBox> Buildings);

/// <summary>
/// Where each entrance is drawn: where the register says; else a share of its building along the longer side; buildings without a
/// place on the map stand in rows under those that have one.
/// </summary>
internal static class MapLayout
{
    private const double Side = 12;
    private const double Gap = 26;
    private const double Margin = 18;
    private const double RowWidth = 360;

    public static IReadOnlyList<SiteMap> Of(IReadOnlyList<GridUnit> units, IReadOnlyList<PlaceView> tree)
    {
        var byId = tree.ToDictionary(p => p.Id);
        return [.. units.GroupBy(u => Site(u.Place, byId)).Select(site => Draw(site.Key is { } id ? byId[id].Name : "", [.. site]))];
    }

    private static Guid? Site(PlaceView place, Dictionary<Guid, PlaceView> byId)
    {
        for (var at = place; ; at = byId[at.ParentId.GetValueOrDefault()])
        {
            if (at.Kind == PlaceKind.Campus) return at.Id;
            if (at.ParentId is not { } parent || !byId.ContainsKey(parent)) return null;
        }
    }

    private static SiteMap Draw(string name, IReadOnlyList<GridUnit> units)
    {
        var drawn = new List<BuildingBox>();
        var undrawn = new List<List<GridUnit>>();
        foreach (var group in units.GroupBy(u => u.BuildingId).Select(g => g.ToList()))
        {
            var place = group[0].Building ?? group[0].Place;
            if (place is { X: { } x, Y: { } y, Width: { } w, Height: { } h }) drawn.Add(Divide(place.Id, place.Name, new Box(x, y, w, h), group));
            else undrawn.Add(group);
        }
        var (left, top) = drawn.Count == 0 ? (0, 0) : (drawn.Min(b => b.Box.X), drawn.Min(b => b.Box.Y));
        var width = Math.Max(drawn.Count == 0 ? 0 : drawn.Max(b => b.Box.X + b.Box.Width) - left, undrawn.Count == 0 ? 0 : RowWidth);
        List<BuildingBox> moved = [.. drawn.Select(b => Shift(b, Margin - left, Margin - top))];
        var y0 = moved.Count == 0 ? Margin : moved.Max(b => b.Box.Y + b.Box.Height) + Gap;
        moved.AddRange(Rows(undrawn, width, y0));
        var height = moved.Count == 0 ? Gap : moved.Max(b => b.Box.Y + b.Box.Height);
        return new SiteMap(name, moved.Count == 0 ? width : Math.Max(width, moved.Max(b => b.Box.X + b.Box.Width)) + Margin, height + Gap, moved);
    }

    private static IEnumerable<BuildingBox> Rows(List<List<GridUnit>> buildings, double width, double y)
    {
        var x = Margin;
        foreach (var units in buildings)
        {
            var w = Math.Max(3, units.Count) * Side;
            if (x + w > width + Margin && x > Margin) (x, y) = (Margin, y + Side + Gap);
            yield return Divide(units[0].BuildingId, units[0].BuildingName, new Box(x, y, w, Side), units);
            x += w + Side;
        }
    }

    private static BuildingBox Divide(Guid id, string name, Box box, List<GridUnit> units)
    {
        var isWide = box.Width >= box.Height;
        var (w, h) = isWide ? (box.Width / units.Count, box.Height) : (box.Width, box.Height / units.Count);
        return new BuildingBox(id, name, box, [.. units.Select((u, i) => new UnitBox(u,
            units.Count > 1 && u.Place is { X: { } x, Y: { } y, Width: { } uw, Height: { } uh }
                ? new Box(x, y, uw, uh)
                : isWide ? new Box(box.X + (i * w), box.Y, w, h) : new Box(box.X, box.Y + (i * h), w, h)))]);
    }

    private static BuildingBox Shift(BuildingBox building, double x, double y) => building with
    {
        Box = Shift(building.Box, x, y),
        Units = [.. building.Units.Select(u => u with { Box = Shift(u.Box, x, y) })],
    };

    private static Box Shift(Box box, double x, double y) => box with { X = box.X + x, Y = box.Y + y };
}
