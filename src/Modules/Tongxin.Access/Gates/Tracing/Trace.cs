using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Tracing;

/// <summary>Where a request is.</summary>
internal enum TraceState
{
    Asked,
    Granted,
    Refused,
}

/// <summary>A question who was at a gate between two times, for finding contacts: asked with a purpose, allowed by a second person, readable for a day.</summary>
internal sealed class Trace : IVersioned
{
    /// <summary>How long the answer can be read.</summary>
    public static readonly TimeSpan Readable = TimeSpan.FromHours(24);

    /// <summary>How long its passages are kept from deletion: the life of a case file after it is closed.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private Trace() { }

    public Guid Id { get; private set; }
    public Guid GateId { get; private set; }
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset Until { get; private set; }

    /// <summary>The case it belongs to.</summary>
    public string CaseRef { get; private set; } = "";

    /// <summary>May speak of health: sealed.</summary>
    public byte[] PurposeSealed { get; private set; } = [];
    public Guid AccountId { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public TraceState State { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Until then the asker may read the answer.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Until then its passages are not deleted; earlier when the case needs them no more.</summary>
    public DateTimeOffset? KeptUntil { get; private set; }

    /// <summary>How many passages it found.</summary>
    public int Passages { get; private set; }
    public int Version { get; private set; }

    public static Trace Ask(Guid gate, DateTimeOffset from, DateTimeOffset until, string caseRef, string purpose, Guid account, DateTimeOffset at, SecretBox box) => new()
    {
        Id = Ids.New(),
        GateId = gate,
        From = from,
        Until = until,
        CaseRef = caseRef,
        PurposeSealed = box.Seal(purpose) ?? [],
        AccountId = account,
        AskedAt = at,
    };

    public void Grant(int passages, DateTimeOffset at) => (State, DecidedAt, ExpiresAt, KeptUntil, Passages) = (TraceState.Granted, at, at + Readable, at + Kept, passages);

    public void Refuse(DateTimeOffset at) => (State, DecidedAt) = (TraceState.Refused, at);

    public void Release(DateTimeOffset at)
    {
        if (KeptUntil > at) KeptUntil = at;
    }

    public bool IsReadable(DateTimeOffset at) => State == TraceState.Granted && at < ExpiresAt;
}

/// <summary>A passage that a request tied to a case: the night leaves it alone.</summary>
internal sealed class TracePassage
{
    private TracePassage() { }

    public Guid TraceId { get; private set; }
    public Guid ScanId { get; private set; }

    public static TracePassage Of(Guid trace, Guid scan) => new() { TraceId = trace, ScanId = scan };
}
