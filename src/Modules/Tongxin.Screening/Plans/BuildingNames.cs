using Tongxin.People.Contracts;

namespace Tongxin.Screening.Plans;

/// <summary>Buildings by what people call them: by name, or by name behind that of the campus or zone they stand in.</summary>
internal sealed class BuildingNames
{
    private readonly Dictionary<Guid, PlaceView> _places;
    private readonly ILookup<string, Guid> _byName;

    public BuildingNames(IReadOnlyList<PlaceView> places)
    {
        _places = places.ToDictionary(p => p.Id);
        _byName = places.Where(p => p.Kind == PlaceKind.Building).SelectMany(b => Names(b).Distinct(StringComparer.Ordinal).Select(n => (Name: n, b.Id))).ToLookup(n => n.Name, n => n.Id, StringComparer.Ordinal);
    }

    /// <summary>All that are called so.</summary>
    public IReadOnlyList<Guid> Find(string name) => [.. _byName[name]];

    /// <summary>A name that says which one is meant, as far as names can.</summary>
    public string Whole(Guid id) => Names(_places[id]).FirstOrDefault(n => n.Contains(' ', StringComparison.Ordinal) && _byName[n].Count() == 1) ?? _places[id].Name;

    private IEnumerable<string> Names(PlaceView building)
    {
        yield return building.Name;
        for (var up = building.ParentId; up is { } id && _places.TryGetValue(id, out var at); up = at.ParentId)
        {
            yield return $"{at.Name} {building.Name}";
            yield return at.Name + building.Name;
        }
    }
}
