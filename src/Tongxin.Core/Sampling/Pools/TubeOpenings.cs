namespace Tongxin.Core.Sampling.Pools;

/// <summary>The openings of a tube that stand, and what they say together.</summary>
internal sealed class TubeOpenings
{
    public PlacedFact? First { get; private init; }

    /// <summary>Devices that opened it; a corrected opening stays its device's.</summary>
    public IReadOnlySet<Guid?> Devices { get; private init; } = new HashSet<Guid?>();

    public IReadOnlyList<TubePlace> Places { get; private init; } = [];

    public int Size { get; private init; }

    public TubePurpose Purpose => First?.Fact.Purpose ?? TubePurpose.Round;

    public bool IsCollision => Places.Count > 1;

    public static TubeOpenings Of(IReadOnlyList<PlacedFact> facts, IReadOnlySet<Guid> withdrawn, List<TubeFlag> flags)
    {
        var opened = facts.Where(f => f.Fact.Kind == TubeFactKind.Opened).ToList();
        var before = opened.ToDictionary(f => f.Fact.Id, f => (Fact: f, f.Fact.DeviceId));
        var replaced = new HashSet<Guid>();
        foreach (var f in opened)
        {
            if (f.Fact.Corrects is not { } other) continue;

            // Only what stands earlier in the order can be corrected, so corrections never run in a ring.
            if (!before.TryGetValue(other, out var old) || !old.Fact.IsBefore(f))
            {
                flags.Add(new(f.Fact.Id, TubeFlagKind.CorrectsUnknown));
                continue;
            }

            before[f.Fact.Id] = (f, old.DeviceId);
            if (!withdrawn.Contains(f.Fact.Id)) replaced.Add(other);
        }

        var live = opened.Where(f => !withdrawn.Contains(f.Fact.Id) && !replaced.Contains(f.Fact.Id)).ToList();
        var openings = new TubeOpenings
        {
            First = live.Count == 0 ? null : live[0],
            Devices = live.Select(f => before[f.Fact.Id].DeviceId).ToHashSet(),
            Places = [.. live.Select(f => PlaceOf(f.Fact, before[f.Fact.Id].DeviceId)).Distinct()],
            Size = live.Count == 0 ? 0 : live.Max(f => f.Fact.Size),
        };
        if (openings.First is not { } first) return openings;
        foreach (var f in live)
        {
            if (openings.IsCollision && f != first) flags.Add(new(f.Fact.Id, TubeFlagKind.Collision));
            if ((f.Fact.Size, f.Fact.Purpose) != (first.Fact.Size, first.Fact.Purpose)) flags.Add(new(f.Fact.Id, TubeFlagKind.OpeningsDiffer));
        }

        return openings;
    }

    private static TubePlace PlaceOf(TubeFact opened, Guid? device) => TubePlace.Of(opened with { DeviceId = device });
}
