namespace Tongxin.Access.Gates.Retention;

/// <summary>What goes at night beside passages.</summary>
internal enum SweptKind
{
    /// <summary>What ended permits said of persons.</summary>
    Permits,

    /// <summary>Records of returns, with what was decided about them.</summary>
    Returns,
}

/// <summary>Takes away what is past its life, in the transaction that certifies it.</summary>
internal interface INightSweep
{
    SweptKind Kind { get; }

    /// <summary>One batch, by the night's own clock; the ids of what went, in their order, none when nothing is due. The caller commits.</summary>
    Task<IReadOnlyList<Guid>> SweepAsync(DateTimeOffset now, CancellationToken ct);
}
