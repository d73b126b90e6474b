namespace Tongxin.Access.Gates.Readings;

/// <summary>What happened at a gate.</summary>
internal enum PassageKind
{
    In,
    Out,

    /// <summary>劝返.</summary>
    TurnedBack,

    /// <summary>An exit that waited for nothing.</summary>
    Emergency,
}

/// <summary>What was shown at the gate.</summary>
internal enum PassageSubject
{
    Pass,
    Permit,
    Plate,

    /// <summary>A document, typed by hand.</summary>
    Named,
    Unknown,
}

/// <summary>What the gate answered.</summary>
internal enum PassageVerdict
{
    Passed,
    Warned,
    Refused,
}

/// <summary>Somebody at a gate, as the gate reported it.</summary>
/// <param name="Id">Made by whoever saw it.</param>
internal sealed record Passage(Guid Id, Guid GateId, PassageKind Kind, DateTimeOffset SeenAt)
{
    public string? Lane { get; init; }
    public PassageSubject Subject { get; init; } = PassageSubject.Unknown;
    public PassageVerdict Verdict { get; init; }
    public Guid? PassRef { get; init; }
    public Guid? PermitId { get; init; }
    public string? Plate { get; init; }

    /// <summary>Name of the colour shown; null where no code was asked for.</summary>
    public string? Colour { get; init; }
    public string? ReasonCode { get; init; }

    /// <summary>In °C.</summary>
    public decimal? Temperature { get; init; }

    /// <summary>People besides the one named.</summary>
    public int Companions { get; init; }
    public bool Offline { get; init; }

    /// <summary>The device's clock was wrong, or the gate not its own any more: to be looked at.</summary>
    public bool IsDoubted { get; init; }

    /// <summary>Who stood there.</summary>
    public Guid? AccountId { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether somebody went through.</summary>
    public bool Passed => Kind != PassageKind.TurnedBack && Verdict != PassageVerdict.Refused;

    /// <summary>Who it is about, for finding the same one again; null when nobody can be told.</summary>
    public string? Who => PassRef is { } pass ? $"c{pass:N}" : PermitId is { } permit ? $"e{permit:N}" : Plate is null ? null : $"v{Plate}";
}
