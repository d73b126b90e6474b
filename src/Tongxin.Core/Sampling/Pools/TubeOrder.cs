namespace Tongxin.Core.Sampling.Pools;

/// <summary>One fact at its place in the order.</summary>
internal sealed record PlacedFact(TubeFact Fact, DateTimeOffset At)
{
    public bool IsBefore(PlacedFact? other) => other is null || (At, Fact.Id).CompareTo((other.At, other.Fact.Id)) < 0;
}

/// <summary>
/// Turns the set of a tube's facts into the ordered list of those that count: duplicates and nonsense removed, each at the
/// instant that is believed. Depends on the set alone, never on the order of arrival.
/// </summary>
internal static class TubeOrder
{
    /// <summary>How far an observer's clock may run ahead of the server's before it is no longer believed. As in a round.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static List<PlacedFact> Of(IEnumerable<TubeFact> facts, List<TubeFlag> flags)
    {
        var placed = new List<PlacedFact>();
        foreach (var same in facts.GroupBy(f => f.Id))
        {
            var first = First(same);
            if (same.Any(f => !f.IsSameFactAs(first))) flags.Add(new(first.Id, TubeFlagKind.IdReused));
            if (TubeRules.Check(first).IsFailure)
            {
                flags.Add(new(first.Id, TubeFlagKind.AgainstRules));
                continue;
            }

            var isAhead = first.SeenAt - first.ReceivedAt > ClockTolerance;
            if (isAhead) flags.Add(new(first.Id, TubeFlagKind.ClockAhead));
            placed.Add(new PlacedFact(first, (isAhead ? first.ReceivedAt : first.SeenAt).ToUniversalTime()));
        }

        placed.Sort((a, b) => (a.At, a.Fact.Id).CompareTo((b.At, b.Fact.Id)));
        return placed;
    }

    /// <summary>One fact for an id: the earliest arrival; a total order over the content breaks ties.</summary>
    private static TubeFact First(IEnumerable<TubeFact> same) => same
        .OrderBy(f => f.ReceivedAt).ThenBy(f => f.SeenAt).ThenBy(f => f.Kind).ThenBy(f => f.RoundId)
        .ThenBy(f => f.DeviceId).ThenBy(f => f.By).ThenBy(f => f.Witness).ThenBy(f => f.Corrects)
        .ThenBy(f => f.Purpose).ThenBy(f => f.Size).ThenBy(f => f.SiteId).ThenBy(f => f.TableId).ThenBy(f => f.SamplerId)
        .ThenBy(f => f.RecheckOf, StringComparer.Ordinal)
        .ThenBy(f => f.PersonId).ThenBy(f => f.HouseholdId).ThenBy(f => f.MostWith).ThenBy(f => f.Members)
        .ThenBy(f => f.BoxCode, StringComparer.Ordinal).ThenBy(f => f.Result).ThenBy(f => f.Version)
        .ThenBy(f => f.Reason, StringComparer.Ordinal)
        .First();
}
