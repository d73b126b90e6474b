namespace Tongxin.Access.Contracts;

/// <summary>What an evidence is.</summary>
public enum EvidenceKind
{
    /// <summary>检验结果.</summary>
    LabResult = 1,

    /// <summary>密接判定.</summary>
    ContactOrder,

    /// <summary>隔离决定.</summary>
    IsolationOrder,
}

/// <summary>
/// Resolves evidence ids of one module: laboratory results, contact orders, isolation orders. A module registers it and vouches that each
/// was entered by a medical role about the very person it names.
/// </summary>
public interface IEvidence
{
    /// <summary>The module's name, as in <see cref="RestrictionRequest"/>.</summary>
    string Module { get; }

    /// <summary>The named ones; unknown and withdrawn ids are left out.</summary>
    Task<IReadOnlyList<EvidenceFact>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct);
}

/// <summary>An evidence.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PersonId">Whom it is about.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Reference">Number on the document; no names.</param>
/// <param name="RecordedAt">When it was entered.</param>
/// <param name="ContentHash">Keyed hash of the document: the same paper for many shows.</param>
public sealed record EvidenceFact(Guid Id, Guid PersonId, EvidenceKind Kind, string Reference, DateTimeOffset RecordedAt, string? ContentHash);
