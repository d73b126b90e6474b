using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

/// <summary>Names of places with what they lie in: "兴庆校区 · 3栋 · 2单元". A few hundred rows, read at once.</summary>
internal sealed class PlaceNames
{
    private readonly Dictionary<Guid, PlaceNode> _nodes;

    private PlaceNames(IReadOnlyList<PlaceNode> inOrder) => (InOrder, _nodes) = (inOrder, inOrder.ToDictionary(p => p.Id));

    /// <summary>All of them in natural order, each after what it lies in.</summary>
    public IReadOnlyList<PlaceNode> InOrder { get; }

    public static async Task<PlaceNames> ReadAsync(TongxinDb db, CancellationToken ct)
    {
        var all = await db.Set<Place>().AsNoTracking().OrderBy(p => p.SortKey).ThenBy(p => p.Id)
            .Select(p => new PlaceNode(p.Id, p.ParentId, p.Kind, p.Name, p.Code, p.Path)).ToListAsync(ct);
        return new PlaceNames(Tree.InOrder(all, p => p.Id, p => p.ParentId));
    }

    public PlaceNode? Find(Guid id) => _nodes.GetValueOrDefault(id);

    public string Full(Guid id)
    {
        var parts = new Stack<string>();
        for (var place = Find(id); place is not null; place = place.ParentId is { } parent ? Find(parent) : null) parts.Push(place.Name);
        return string.Join(" · ", parts);
    }

    public int Depth(Guid id) => Find(id)?.ParentId is { } parent ? 1 + Depth(parent) : 0;
}

/// <summary>A place without its map.</summary>
internal sealed record PlaceNode(Guid Id, Guid? ParentId, PlaceKind Kind, string Name, string Code, string Path);

/// <summary>Rows of a tree, each parent before its children, siblings in the order given.</summary>
internal static class Tree
{
    public static IReadOnlyList<T> InOrder<T>(IReadOnlyList<T> rows, Func<T, Guid> id, Func<T, Guid?> parent)
    {
        var known = rows.Select(id).ToHashSet();
        // A parent outside the rows (out of scope) makes its children roots.
        var children = rows.ToLookup(r => parent(r) is { } p && known.Contains(p) ? p : Guid.Empty);
        var ordered = new List<T>(rows.Count);
        Add(Guid.Empty);
        return ordered;

        void Add(Guid of)
        {
            foreach (var row in children[of])
            {
                ordered.Add(row);
                Add(id(row));
            }
        }
    }
}
