using Tongxin.Core.Protocols;

namespace Tongxin.Core.Returns;

/// <summary>A region at a level from a day on.</summary>
/// <param name="Place">Where.</param>
/// <param name="Level">How high.</param>
/// <param name="From">First campus day at this level.</param>
/// <param name="Until">First day at which it no longer holds; null while it does.</param>
public sealed record RiskArea(Region Place, RiskLevel Level, DateOnly From, DateOnly? Until)
{
    /// <summary>Whether it stands at this level on the day.</summary>
    public bool Holds(DateOnly day) => From <= day && (Until is null || day < Until);
}

/// <summary>The areas of one published list, found by the county of a stay instead of one by one.</summary>
public sealed class RiskMap
{
    private readonly Dictionary<string, List<RiskArea>> _byCounty = new(StringComparer.Ordinal);
    private readonly List<RiskArea> _wider = [];

    /// <param name="areas">In any order; overlapping ones are allowed, the higher level counts.</param>
    public RiskMap(IEnumerable<RiskArea> areas)
    {
        foreach (var area in areas)
        {
            var keys = area.Place.CountyKeys.ToList();
            if (keys.Count == 0) _wider.Add(area);
            foreach (var key in keys)
            {
                if (!_byCounty.TryGetValue(key, out var list)) _byCounty[key] = list = [];
                list.Add(area);
            }
        }
    }

    /// <summary>Nothing on the list.</summary>
    public static RiskMap Empty { get; } = new([]);

    /// <summary>What touches a place: areas in which it lies, at their level, and those of the same county, which make it low.</summary>
    public IEnumerable<(RiskArea Area, RiskLevel Level)> At(Region place)
    {
        foreach (var area in _wider.Concat(place.CountyKeys.SelectMany(k => _byCounty.GetValueOrDefault(k) ?? [])).Distinct())
        {
            if (place.IsWithin(area.Place)) yield return (area, area.Level);
            else if (area.Level > RiskLevel.Low && place.SharesCountyWith(area.Place)) yield return (area, RiskLevel.Low);
        }
    }
}
