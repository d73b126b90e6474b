using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;

namespace Tongxin.Screening.Rounds.Data;

/// <summary>Somebody to be sampled in a round: frozen when it opens, but for the lane of who falls ill.</summary>
internal sealed class Member
{
    private Member() { }

    public Guid RoundId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Null: has no room here.</summary>
    public Guid? HouseholdId { get; private set; }

    /// <summary>The entrance, or the building without entrances; empty without a room.</summary>
    public Guid PlaceId { get; private set; }
    public SamplingLane Lane { get; private set; }
    public PersonClass PoolClass { get; private set; }

    /// <summary>混采数 k of the tubes that may hold this person.</summary>
    public int PoolSize { get; private set; }

    /// <summary>Somebody said that there are symptoms, or took it back. Everything else of the roll stays as it was frozen.</summary>
    public void ToLane(SamplingLane lane) => Lane = lane;

    public static Member Freeze(Guid round, Guid person, Guid? household, Guid place, SamplingLane lane, PersonClass poolClass, int poolSize) =>
        new() { RoundId = round, PersonId = person, HouseholdId = household, PlaceId = place, Lane = lane, PoolClass = poolClass, PoolSize = poolSize };
}

/// <summary>免检原因. Stored by name, with the words of whoever said it behind a colon.</summary>
internal enum ExcuseReason
{
    /// <summary>外出.</summary>
    Away,

    /// <summary>住院.</summary>
    Hospital,

    /// <summary>三个月内康复.</summary>
    Recovered,

    /// <summary>拒绝(登记).</summary>
    Refused,

    /// <summary>重复登记: the other entry of the same person is the one that counts.</summary>
    Duplicate,

    /// <summary>其他.</summary>
    Other,
}
