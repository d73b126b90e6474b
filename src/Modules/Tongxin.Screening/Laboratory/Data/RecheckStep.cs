using Tongxin.Platform;

namespace Tongxin.Screening.Laboratory.Data;

/// <summary>What happened to a recheck.</summary>
internal enum RecheckStepKind
{
    Opened,
    Asked,
    Freed,
    Positive,
    Ended,
    Reached,
    NotReached,
    Unreachable,
    Late,
    Judged,
    Merged,
    CdcTold,
}

/// <summary>A step of a recheck: a fact, never changed.</summary>
internal sealed class RecheckStep
{
    private RecheckStep() { }

    public Guid Id { get; private set; }
    public Guid RecheckId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public RecheckStepKind Kind { get; private set; }

    /// <summary>The person or account that did it; null: the tubes or the clock.</summary>
    public Guid? ById { get; private set; }

    /// <summary>Tube code, way or judgement, by kind.</summary>
    public string? What { get; private set; }
    public string? Note { get; private set; }

    public static RecheckStep Of(RecheckTask recheck, RecheckStepKind kind, DateTimeOffset at, string? what = null, Guid? by = null, string? note = null) =>
        new() { Id = Ids.New(), RecheckId = recheck.Id, At = at, Kind = kind, What = what, ById = by, Note = note };
}
