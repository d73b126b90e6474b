namespace Tongxin.Core.Passes;

/// <summary>
/// Why a text is not a good pass. A closed list: the C# and the TypeScript verifier and the vectors use these names and no others.
/// Listed in the order in which they are looked for; the first one found is told.
/// </summary>
public enum PassFault
{
    /// <summary>It does not begin with <see cref="PassLimits.Prefix"/>: some other QR code.</summary>
    NotAPass = 1,

    /// <summary>Longer than <see cref="PassLimits.MaxText"/> characters.</summary>
    TooLarge,

    /// <summary>Not strict base45.</summary>
    BadEncoding,

    /// <summary>Not the one zlib stream a pass travels in, or its checksum is wrong.</summary>
    BadCompression,

    /// <summary>Not the COSE_Sign1 of a pass, or (under a good signature) not its content.</summary>
    BadStructure,

    /// <summary>Signed with anything but ES256, or with nothing.</summary>
    WrongAlgorithm,

    /// <summary>The trust list has no such key, not for passes, or not yet.</summary>
    UnknownKey,

    /// <summary>The key's time is over, by plan or because it was withdrawn.</summary>
    KeyEnded,

    /// <summary>The signature is not this key's over these bytes.</summary>
    BadSignature,

    /// <summary>Issued more than <see cref="PassLimits.Tolerance"/> after this clock's now.</summary>
    NotYetValid,

    /// <summary>Its last second is over.</summary>
    Expired,

    /// <summary>Withdrawn before its time.</summary>
    Revoked,
}
