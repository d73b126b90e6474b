namespace Tongxin.People.Data;

/// <summary>
/// Two entries that may be one person. Derived from persons and residencies and kept beside them in the same transaction, so that
/// nobody waits while 30,000 entries are held against each other; it can be made anew at any time.
/// </summary>
internal sealed class AlikePair
{
    private AlikePair() { }

    /// <summary>The smaller id of the two.</summary>
    public Guid OneId { get; private set; }
    public Guid OtherId { get; private set; }
    public DuplicateReason Reason { get; private set; }

    public static AlikePair Of(Guid one, Guid other, DuplicateReason reason) =>
        one.CompareTo(other) < 0 ? new() { OneId = one, OtherId = other, Reason = reason } : new() { OneId = other, OtherId = one, Reason = reason };
}

/// <summary>Why two entries may be one person, the surest first.</summary>
internal enum DuplicateReason
{
    /// <summary>The same phone and the same name.</summary>
    PhoneAndName,

    /// <summary>The same name and birth date.</summary>
    NameAndBirth,

    /// <summary>The same name in one household.</summary>
    SameHome,

    /// <summary>Names that sound alike in one household.</summary>
    NearNames,
}
