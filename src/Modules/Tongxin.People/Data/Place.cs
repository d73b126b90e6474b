using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.People.Data;

/// <summary>A node of the place tree: campus, zone, building, entrance (单元). Rooms are households.</summary>
internal sealed class Place : IVersioned
{
    private Place() { }

    public Guid Id { get; private set; }
    public Guid? ParentId { get; private set; }
    public PlaceKind Kind { get; private set; }

    /// <summary>As people say it: "3栋", "2单元", "兴庆校区".</summary>
    public string Name { get; private set; } = "";

    /// <summary>Short part of a room label: "3", "2".</summary>
    public string Code { get; private set; } = "";

    /// <summary>The short ids of all places from the root to this one, each followed by "/": a scope is a prefix.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Natural order among all places (building 10 after 9).</summary>
    public string SortKey { get; private set; } = "";

    /// <summary>Position and size on the campus map, in metres from its north-west corner; null when not drawn.</summary>
    public double? X { get; private set; }
    public double? Y { get; private set; }
    public double? Width { get; private set; }
    public double? Height { get; private set; }

    public int Version { get; private set; }

    public static Place Create(Place? parent, PlaceKind kind, string name, string code, string sortKey)
    {
        var id = Ids.New();
        return new Place
        {
            Id = id,
            ParentId = parent?.Id,
            Kind = kind,
            Name = name,
            Code = code,
            Path = PathSegment.Under(parent?.Path, id),
            SortKey = parent is null ? sortKey : $"{parent.SortKey} {sortKey}",
        };
    }

    public void Draw(double x, double y, double width, double height) => (X, Y, Width, Height) = (x, y, width, height);

    public void Rename(string name, string code) => (Name, Code) = (name, code);
}

/// <summary>One rule for the paths of places and units.</summary>
internal static class PathSegment
{
    /// <summary>The random half of the id: short, and unique among thousands of nodes.</summary>
    public static string Under(string? parentPath, Guid id) => $"{parentPath}{id.ToString("N")[20..]}/";
}
