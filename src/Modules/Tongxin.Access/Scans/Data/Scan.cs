using Tongxin.Core.Protocols;

namespace Tongxin.Access.Scans.Data;

/// <summary>What happened at the gate.</summary>
internal enum ScanKind
{
    In,
    Out,

    /// <summary>劝返.</summary>
    TurnedBack,

    /// <summary>An exit that waited for nothing.</summary>
    Emergency,
}

/// <summary>What was shown.</summary>
internal enum ScanSubject
{
    Pass,
    Permit,
    Plate,

    /// <summary>Somebody known, entered by hand.</summary>
    Named,
    Unknown,
}

/// <summary>What the gate answered.</summary>
internal enum ScanVerdict
{
    Passed,
    Warned,
    Refused,
}

/// <summary>Why a scan is kept apart until somebody has looked: recorded all the same, since what was seen was seen.</summary>
internal enum ScanDoubt
{
    /// <summary>The device's clock was ahead of the server's, or years behind.</summary>
    Clock,

    /// <summary>Seen without a network at a gate that is no longer the account's.</summary>
    Gate,
}

/// <summary>
/// One passage as a device saw it. Inserted once, never changed. Whose pass it was follows from <see cref="PassRef"/> for as long as that
/// pass is kept: no person stands here.
/// </summary>
internal sealed class Scan
{
    private Scan() { }

    public Scan(Guid id) => Id = id;

    /// <summary>Version 7, made by the device: months of the table are ranges of ids.</summary>
    public Guid Id { get; private set; }
    public Guid GateId { get; init; }
    public string? Lane { get; init; }
    public ScanKind Kind { get; init; }
    public ScanSubject Subject { get; init; }

    /// <summary>The random reference in the pass.</summary>
    public Guid? PassRef { get; init; }
    public Guid? PermitId { get; init; }
    public string? Plate { get; init; }
    public ScanVerdict Verdict { get; init; }
    public Colour? Colour { get; init; }
    public string? ReasonCode { get; init; }

    /// <summary>Hundredths of °C.</summary>
    public int? TemperatureCenti { get; init; }

    /// <summary>By the device's clock.</summary>
    public DateTimeOffset SeenAt { get; init; }
    public bool Offline { get; init; }

    /// <summary>People besides the one who was scanned.</summary>
    public int Companions { get; init; }
    public Guid? DeviceId { get; init; }
    public Guid AccountId { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public ScanDoubt? Doubt { get; init; }
}
