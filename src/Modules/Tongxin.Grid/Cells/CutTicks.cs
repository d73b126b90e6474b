using System.Security.Cryptography;
using System.Text;
using Tongxin.Core.Common;

namespace Tongxin.Grid.Cells;

/// <summary>The ticks of the cutting page. Each carries what was shown beside it, so that nobody takes what somebody else has just taken.</summary>
internal static class CutTicks
{
    public static string Of(GridUnit unit) => $"{unit.Id:N}_{unit.CellId:N}";

    /// <summary>All entrances of a building in one tick.</summary>
    public static string Of(Guid building, IEnumerable<GridUnit> units) => $"{building:N}_{Stamp(units)}";

    public static Result<IReadOnlyList<PlaceClaim>> Read(IEnumerable<string?> units, IEnumerable<string?> buildings, IReadOnlyList<GridUnit> shown)
    {
        var claims = new Dictionary<Guid, PlaceClaim>();
        foreach (var tick in buildings.OfType<string>())
        {
            var (id, stamp) = Split(tick);
            var all = shown.Where(u => u.BuildingId == id).ToList();
            if (all.Count == 0) return CellErrors.PlaceUnknown();
            if (stamp != Stamp(all)) return CellErrors.Changed();
            foreach (var unit in all) claims[unit.Id] = new PlaceClaim(unit.Id, unit.CellId);
        }
        foreach (var tick in units.OfType<string>())
        {
            var (id, seen) = Split(tick);
            if (id == Guid.Empty) return CellErrors.PlaceUnknown();
            claims[id] = new PlaceClaim(id, Guid.TryParse(seen, out var cell) ? cell : null);
        }
        return claims.Values.ToList();
    }

    private static (Guid Id, string Stamp) Split(string tick)
    {
        var at = tick.IndexOf('_', StringComparison.Ordinal);
        return at > 0 && Guid.TryParse(tick.AsSpan(0, at), out var id) ? (id, tick[(at + 1)..]) : (Guid.Empty, "");
    }

    private static string Stamp(IEnumerable<GridUnit> units) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(';', units.Select(Of)))).AsSpan(0, 6));
}
