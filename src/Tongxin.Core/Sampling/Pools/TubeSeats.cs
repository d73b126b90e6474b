namespace Tongxin.Core.Sampling.Pools;

/// <summary>Who of those sampled sits in the tube, and who only may. Used for the tube as it is, and for it as it was closed.</summary>
internal sealed class TubeSeats(TubeOpenings openings, PlacedFact? closing)
{
    private readonly List<TubeMember> _members = [];
    private readonly List<TubeMember> _contested = [];

    public List<TubeFlag> Flags { get; } = [];

    public IReadOnlyList<TubeMember> Members => _members;

    public IReadOnlyList<TubeMember> Contested =>
        [.. _contested.Where(c => _members.TrueForAll(m => m.PersonId != c.PersonId)).DistinctBy(c => c.PersonId)];

    /// <summary>Seats the samples in their order.</summary>
    public TubeSeats Seat(IEnumerable<PlacedFact> samples)
    {
        foreach (var sample in samples)
        {
            var fact = sample.Fact;
            var member = new TubeMember(fact.PersonId!.Value /* the rules refuse a sample of nobody */, fact.RoundId, fact.Id, sample.At, fact.HouseholdId, fact.DeviceId);
            var again = _members.Exists(m => m.PersonId == member.PersonId);
            if (openings.IsCollision)
            {
                if (_members.Exists(m => (m.PersonId, m.RoundId) == (member.PersonId, member.RoundId))) Flags.Add(new(fact.Id, TubeFlagKind.SamePersonAgain));
                else _members.Add(member);
            }
            else if (Objection(sample) is { } objection)
            {
                Flags.Add(new(fact.Id, objection));
                _contested.Add(member);
            }
            else if (again)
            {
                Flags.Add(new(fact.Id, TubeFlagKind.SamePersonAgain));
            }
            else if (NoRoom(fact) is { } full)
            {
                Flags.Add(new(fact.Id, full));
                _contested.Add(member);
            }
            else
            {
                if (!TubeRules.MaySit(fact.MostWith, openings.Purpose, openings.Size)) Flags.Add(new(fact.Id, TubeFlagKind.ClassMixed));
                _members.Add(member);
            }
        }

        return this;
    }

    private TubeFlagKind? Objection(PlacedFact sample)
    {
        if (openings.First is not { } first) return TubeFlagKind.NotOpened;
        if (sample.Fact.RoundId != first.Fact.RoundId) return TubeFlagKind.OtherRound;
        if (sample.Fact.HasTwoNames) return null;
        if (!openings.Devices.Contains(sample.Fact.DeviceId)) return TubeFlagKind.OtherDevice;
        return sample.IsBefore(closing) ? null : TubeFlagKind.AfterClosing;
    }

    private TubeFlagKind? NoRoom(TubeFact fact)
    {
        if (_members.Count >= openings.Size) return TubeFlagKind.OverFull;
        var isOther = openings.Purpose == TubePurpose.Household && _members.Count > 0 && _members[0].HouseholdId != fact.HouseholdId;
        return isOther ? TubeFlagKind.OtherHousehold : null;
    }
}
