using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;

namespace Tongxin.People.Import;

/// <summary>Where a row lives: a household that is known, or the place where a new one will be.</summary>
/// <param name="Key">Equal for equal homes, known or not.</param>
internal sealed record Home(string Key, Place Place, Guid BuildingId, KnownHousehold? Known);

/// <summary>Finds the place of each row in the tree and adds what is missing: campus, building, entrance.</summary>
internal sealed class PlacePlanner
{
    private readonly RegisterSnapshot _register;
    private readonly string? _defaultCampus;
    private readonly Dictionary<(Guid? Parent, string Code), Place> _byCode;
    private readonly Dictionary<Guid, Place> _byId;
    private readonly Dictionary<Guid, HouseholdKind> _kinds;
    private readonly Dictionary<string, KnownHousehold> _created = new(StringComparer.Ordinal);

    public PlacePlanner(RegisterSnapshot register, string? defaultCampus)
    {
        _register = register;
        _byId = register.Places.ToDictionary(p => p.Id);
        _byCode = register.Places.Where(p => p.Kind != PlaceKind.Zone)
            .GroupBy(p => (Anchor(p), Fold(p.Kind == PlaceKind.Campus ? p.Name : p.Code)))
            .ToDictionary(g => g.Key, g => g.First());
        _kinds = register.Households.Values.ToDictionary(h => h.Id, h => h.Kind);
        var campuses = register.Places.Where(p => p.Kind == PlaceKind.Campus).ToList();
        _defaultCampus = defaultCampus ?? (campuses.Count == 1 ? campuses[0].Name : null);
    }

    public List<Place> New { get; } = [];

    public Result<Home> Locate(string? named, RoomAddress room)
    {
        var campusName = named ?? _defaultCampus;
        if (campusName is null) return ImportErrors.CampusMissing;
        var campus = Ensure(null, PlaceKind.Campus, campusName, campusName, campusName);
        var building = Ensure(campus, PlaceKind.Building, BuildingName(room.Building), room.Building, Natural(room.Building));
        var place = room.Entrance is { } entrance
            ? Ensure(building, PlaceKind.Entrance, $"{entrance}单元", entrance, Natural(entrance))
            : building;
        var key = $"{place.Id:N}/{room.Room}";
        var known = _register.Households.GetValueOrDefault((place.Id, room.Room)) ?? _created.GetValueOrDefault(key);
        return new Home(key, place, building.Id, known);
    }

    /// <summary>The household of a row whose door is new; the next row of the same door finds it.</summary>
    public Household Create(RoomAddress address, Home home, HouseholdKind kind, HousingUse? said)
    {
        var room = address with { Bed = null, Place = null };
        var use = said ?? HousingUse.Unknown;
        var household = Household.Create(home.Place, kind, room.Room, room.Label, $"{home.Place.SortKey} {Natural(room.Room)}", use);
        _created[home.Key] = new KnownHousehold(household.Id, home.Place.Id, room.Room, room.Label, kind, use);
        _kinds[household.Id] = kind;
        return household;
    }

    public HouseholdKind? KindOf(Guid household) => _kinds.TryGetValue(household, out var kind) ? kind : null;

    /// <summary>The building that holds a place, itself when it is one.</summary>
    public Guid BuildingOf(Guid place)
    {
        for (var at = _byId.GetValueOrDefault(place); at is not null; at = at.ParentId is { } parent ? _byId.GetValueOrDefault(parent) : null)
        {
            if (at.Kind == PlaceKind.Building) return at.Id;
        }
        return place;
    }

    private Place Ensure(Place? parent, PlaceKind kind, string name, string code, string sortKey)
    {
        var key = ((Guid?)parent?.Id, Fold(code));
        if (_byCode.TryGetValue(key, out var place)) return place;
        place = Data.Place.Create(parent, kind, name, code, sortKey);
        _byCode[key] = place;
        _byId[place.Id] = place;
        New.Add(place);
        return place;
    }

    // Zones lie between campus and building on the map, but no address names them.
    private Guid? Anchor(Place place)
    {
        var parent = place.ParentId;
        while (parent is { } id && _byId[id].Kind == PlaceKind.Zone) parent = _byId[id].ParentId;
        return parent;
    }

    private static string BuildingName(string code) => code.Any(char.IsAsciiDigit) && !code.EndsWith('楼') ? $"{code}栋" : code;

    private static string Natural(string part) => new RoomAddress(part, null, "").SortKey.Trim();

    private static string Fold(string text) => TextFold.ForSearch(text);
}
