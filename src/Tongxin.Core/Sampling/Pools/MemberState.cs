namespace Tongxin.Core.Sampling.Pools;

/// <summary>Where a person stands in a testing round.</summary>
public enum TestStatus
{
    /// <summary>Not sampled, or the tube was lost (未检).</summary>
    NotSampled,

    /// <summary>Sampled; nothing is known yet (已检).</summary>
    Sampled,

    /// <summary>Negative (阴性).</summary>
    Neg,

    /// <summary>In a pool that is positive or grey: to be sampled again alone. Never called positive (待复核).</summary>
    PendingRecheck,

    /// <summary>Positive, by a tube that held this person alone (阳性).</summary>
    Pos,

    /// <summary>In a tube whose code was used twice: no result can be told apart, to be sampled again (召回).</summary>
    Recalled,
}

/// <summary>One person in one round: a function of the tubes that hold the person and of nothing else.</summary>
public sealed record MemberState
{
    /// <summary>The round.</summary>
    public required Guid RoundId { get; init; }

    /// <summary>The person.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Where the person stands.</summary>
    public TestStatus Status { get; init; }

    /// <summary>The one tube by which the round counts the person as sampled. Null: outstanding.</summary>
    public string? CountedIn { get; init; }

    /// <summary>When the counted sample was taken, UTC, on the clock that is believed.</summary>
    public DateTimeOffset? SampledAt { get; init; }

    /// <summary>The tube the status comes from; null when there is none.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When the sample in that tube was taken. A proof runs from here.</summary>
    public DateTimeOffset? DecidedSampleAt { get; init; }

    /// <summary>Tubes that ask for a recheck and have not been answered by one.</summary>
    public IReadOnlyList<string> RecheckBecause { get; init; } = [];

    /// <summary>The recheck that was taken and is not decided yet.</summary>
    public string? RecheckIn { get; init; }

    /// <summary>All tubes of the round that name the person, first sample first.</summary>
    public IReadOnlyList<string> Tubes { get; init; } = [];

    /// <summary>Sampled twice in the round, rechecks apart. Counted once; if one of the tubes is positive the person is rechecked.</summary>
    public bool IsInTwoTubes { get; init; }

    /// <summary>Said to be in a tube against the rules: not proven by it.</summary>
    public bool IsContested { get; init; }

    /// <summary>Counts as sampled (已检) in the round.</summary>
    public bool IsCounted => CountedIn is not null;

    /// <summary>Equality by value, lists included (a record compares lists by reference).</summary>
    public bool SameAs(MemberState other) =>
        this with { RecheckBecause = [], Tubes = [] } == other with { RecheckBecause = [], Tubes = [] }
        && RecheckBecause.SequenceEqual(other.RecheckBecause, StringComparer.Ordinal)
        && Tubes.SequenceEqual(other.Tubes, StringComparer.Ordinal);
}
