using Tongxin.Core.Common;

namespace Tongxin.Core.Sampling;

/// <summary>Requests that make no sense. Codes are resource keys.</summary>
public static class SamplingErrors
{
    /// <summary>There is nobody to be sampled.</summary>
    public static Error NoUnits() => Error.Invalid("sampling.request.no_units");

    /// <summary>There is nowhere to be sampled.</summary>
    public static Error NoSites() => Error.Invalid("sampling.request.no_sites");

    /// <summary>Something lies outside its range.</summary>
    public static Error OutOfRange(string field, long least, long most) => Error.Invalid("sampling.request.out_of_range", field, least, most);

    /// <summary>A unit, site or table is given twice.</summary>
    public static Error Twice(Guid id) => Error.Invalid("sampling.request.twice", id);

    /// <summary>A table of the home lane.</summary>
    public static Error TableAtHome(Guid siteId) => Error.Invalid("sampling.request.table_at_home", siteId);

    /// <summary>The plan to be changed was made with slots of another length or start.</summary>
    public static Error OtherSlots() => Error.Invalid("sampling.request.other_slots");

    internal static Result Check(SamplingRequest r)
    {
        if (r.Units.Count == 0) return NoUnits();
        if (r.Sites.Count == 0) return NoSites();
        if (r.Units.Count > SamplingRequest.MostUnits) return OutOfRange("units", 1, SamplingRequest.MostUnits);
        if (r.Sites.Count > SamplingRequest.MostSites) return OutOfRange("sites", 1, SamplingRequest.MostSites);
        if (r.Slots is < 1 or > SamplingRequest.MostSlots) return OutOfRange("slots", 1, SamplingRequest.MostSlots);
        if (r.SlotMinutes is < 15 or > 120 || r.SlotMinutes % 15 != 0) return OutOfRange("slot_minutes", 15, 120);
        if (r.PeoplePerTube is < 1 or > 20) return OutOfRange("people_per_tube", 1, 20);
        if (r.ShiftMinutes is < 30 or > 720) return OutOfRange("shift_minutes", 30, 720);
        if (r.Steps is < 0 or > 1_000_000) return OutOfRange("steps", 0, 1_000_000);
        if (r.Staff.Tables < 0) return OutOfRange("staff", 0, int.MaxValue);
        if (!(r.Arrivals is { Early: >= 0, Late: >= 0 } && r.Arrivals.Early + r.Arrivals.Late <= 1)) return OutOfRange("arrivals", 0, 1);
        if (r.Units.Any(u => u.Households.Any(h => h is not { Normal: >= 0 and < 100, Green: >= 0 and < 100, Apart: >= 0 and < 100, Home: >= 0 and < 100 }))) return OutOfRange("household", 0, 99);
        if (r.Sites.SelectMany(s => s.Tables).Any(t => t.RatePerHour is < 1 or > 600)) return OutOfRange("rate", 1, 600);
        if (r.Sites.FirstOrDefault(s => s.Tables.Any(t => t.Lane == SamplingLane.Home)) is { } site) return TableAtHome(site.Id);

        var seen = new HashSet<Guid>();
        foreach (var id in r.Units.Select(u => u.Id).Concat(r.Sites.Select(s => s.Id)).Concat(r.Sites.SelectMany(s => s.Tables).Select(t => t.Id)))
        {
            if (!seen.Add(id)) return Twice(id);
        }

        return Result.Ok;
    }
}
