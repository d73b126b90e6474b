namespace Tongxin.Core.Sampling.Pools;

/// <summary>What happened to a tube.</summary>
public enum TubeFactKind
{
    /// <summary>A table scanned its code: from now on people may go into it.</summary>
    Opened,

    /// <summary>A person's swab went into it.</summary>
    Sampled,

    /// <summary>It was closed with so many people in it. From now on its members change only with two names.</summary>
    Closed,

    /// <summary>It was packed into a transport box.</summary>
    Boxed,

    /// <summary>It reached the laboratory.</summary>
    Received,

    /// <summary>The laboratory works on it.</summary>
    Testing,

    /// <summary>The laboratory stated a result. A correction is a result of a higher version.</summary>
    Resulted,

    /// <summary>It leaked, broke or was lost: whoever is in it must be sampled again.</summary>
    Voided,

    /// <summary>The fact named by <see cref="TubeFact.Corrects"/> never happened.</summary>
    Withdrawn,
}

/// <summary>What a tube is for.</summary>
public enum TubePurpose
{
    /// <summary>People of the round, one or several.</summary>
    Round,

    /// <summary>One sealed household (1户1管).</summary>
    Household,

    /// <summary>One person whose pool was not negative, alone.</summary>
    Recheck,
}

/// <summary>What the laboratory found in a tube. Of a pool it says nothing about a person.</summary>
public enum TubeResult
{
    /// <summary>Negative (阴性).</summary>
    Neg,

    /// <summary>Cannot be judged: leaked, too little, no control (无效).</summary>
    Invalid,

    /// <summary>Grey zone (灰区).</summary>
    Grey,

    /// <summary>Positive (阳性).</summary>
    Pos,
}

/// <summary>An append-only fact about one tube. Never changed; mended by a further fact. Which members matter depends on the kind.</summary>
/// <param name="Id">Made by whoever saw it; the same fact sent again carries the same id and counts once.</param>
/// <param name="RoundId">The testing round.</param>
/// <param name="TubeCode">The code printed on the tube, unique for ever; compared byte by byte.</param>
/// <param name="Kind">What happened.</param>
/// <param name="SeenAt">Instant on the observer's clock.</param>
/// <param name="ReceivedAt">Instant on the server's clock at first arrival.</param>
public sealed record TubeFact(Guid Id, Guid RoundId, string TubeCode, TubeFactKind Kind, DateTimeOffset SeenAt, DateTimeOffset ReceivedAt)
{
    /// <summary>The device it was seen with. Null: typed at a desk.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Who says so. The first of the two names.</summary>
    public Guid? By { get; init; }

    /// <summary>The second name where two are asked for: another than <see cref="By"/>.</summary>
    public Guid? Witness { get; init; }

    /// <summary>Withdrawn: the fact that never happened. Opened: the opening whose place or size was wrong.</summary>
    public Guid? Corrects { get; init; }

    /// <summary>Opened: what for.</summary>
    public TubePurpose Purpose { get; init; }

    /// <summary>Opened: the most people that go into it (k).</summary>
    public int Size { get; init; }

    /// <summary>Opened: the sampling site. Null: at a home.</summary>
    public Guid? SiteId { get; init; }

    /// <summary>Opened: the table. Null: at a home.</summary>
    public Guid? TableId { get; init; }

    /// <summary>Opened: who takes the swabs (采样员).</summary>
    public Guid? SamplerId { get; init; }

    /// <summary>Opened for a recheck: code of the tube that asked for it, if known.</summary>
    public string? RecheckOf { get; init; }

    /// <summary>Sampled: the person.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Sampled: the person's household as frozen with the round, added by whoever stores the fact.</summary>
    public Guid? HouseholdId { get; init; }

    /// <summary>Sampled: the most people in a tube that may hold this person, as frozen with the round; added by whoever stores the fact. Null: not known.</summary>
    public int? MostWith { get; init; }

    /// <summary>Closed: people in it, as counted at the table.</summary>
    public int? Members { get; init; }

    /// <summary>Boxed: the box.</summary>
    public string? BoxCode { get; init; }

    /// <summary>Resulted: what was found.</summary>
    public TubeResult? Result { get; init; }

    /// <summary>Resulted: 1 for the first, higher for each correction.</summary>
    public int Version { get; init; }

    /// <summary>Why. Required for <see cref="TubeFactKind.Voided"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Two different people stand for it.</summary>
    public bool HasTwoNames => By is not null && Witness is not null && By != Witness;

    /// <summary>True when <paramref name="other"/> is the same fact, whenever it arrived.</summary>
    public bool IsSameFactAs(TubeFact other) => this with { ReceivedAt = other.ReceivedAt } == other;
}
