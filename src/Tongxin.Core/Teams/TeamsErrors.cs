using Tongxin.Core.Common;

namespace Tongxin.Core.Teams;

/// <summary>Requests that make no sense. Codes are resource keys.</summary>
public static class TeamsErrors
{
    /// <summary>There is nothing to cover.</summary>
    public static Error NoUnits() => Error.Invalid("teams.request.no_units");

    /// <summary>Something asked for lies outside its range.</summary>
    public static Error OutOfRange(string field, long least, long most) => Error.Invalid("teams.request.out_of_range", field, least, most);

    /// <summary>The same entrance or helper is given twice.</summary>
    public static Error Twice(Guid id) => Error.Invalid("teams.request.twice", id);

    /// <summary>A helper lives behind an entrance that is not part of the request.</summary>
    public static Error HomeUnknown(Guid volunteerId, Guid unitId) => Error.Invalid("teams.request.home_unknown", volunteerId, unitId);

    /// <summary>The first thing wrong with a request.</summary>
    internal static Result Check(TeamsRequest r)
    {
        if (r.Units.Count == 0) return NoUnits();
        if (r.Volunteers.Count > TeamsRequest.MaxVolunteers) return OutOfRange("volunteers", 0, TeamsRequest.MaxVolunteers);
        if (r.TeamCount is < 1 or > TeamsRequest.MaxTeams) return OutOfRange("team_count", 1, TeamsRequest.MaxTeams);
        if (r.MinSize < 1 || r.MinSize > r.MaxSize) return OutOfRange("min_size", 1, r.MaxSize);
        if (r.Substitutes < 0) return OutOfRange("substitutes", 0, int.MaxValue);
        if (r.EntranceCap is < 1) return OutOfRange("entrance_cap", 1, int.MaxValue);
        if (r.Steps is < 0 or > 100_000_000) return OutOfRange("steps", 0, 100_000_000);
        if (r.Units.Any(u => u.Households is < 0 or > 100_000)) return OutOfRange("households", 0, 100_000);
        if (r.Units.Sum(u => Parts(u, r.EntranceCap)) > TeamsRequest.MaxUnits) return OutOfRange("units", 1, TeamsRequest.MaxUnits);
        double[] weights = [r.Weights.Balance, r.Weights.Compact, r.Weights.OneBuilding, r.Weights.Near, r.Weights.PartyCaptain];
        if (!weights.All(w => w is >= 0 and <= 1_000)) return OutOfRange("weights", 0, 1_000);
        var positions = r.Units.Select(u => u.At).Concat(r.Volunteers.Select(v => v.HomeAt));
        if (positions.Any(p => p is { } at && !(Math.Abs(at.X) <= 1e7 && Math.Abs(at.Y) <= 1e7))) return OutOfRange("position", -10_000_000, 10_000_000);

        var units = new HashSet<Guid>();
        foreach (var unit in r.Units)
        {
            if (!units.Add(unit.Id)) return Twice(unit.Id);
        }

        var people = new HashSet<Guid>();
        foreach (var v in r.Volunteers)
        {
            if (!people.Add(v.Id)) return Twice(v.Id);
            if (v.HomeUnitId is { } home && !units.Contains(home)) return HomeUnknown(v.Id, home);
        }

        return Result.Ok;
    }

    /// <summary>Into how many parts an entrance is divided.</summary>
    internal static int Parts(CoverUnit unit, int? cap) =>
        cap is { } c && unit.Households > c ? (unit.Households + c - 1) / c : 1;
}
