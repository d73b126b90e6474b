using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Access.Contracts;

/// <summary>What is entered at this module's desks, for modules above that have no desk of their own. The same rights, reaches and alarms as on the pages.</summary>
public interface IAccessDesk
{
    /// <summary>Enters an evidence about one person with its document (PDF, JPG or PNG, up to 10 MB); restrict with the module name "access". Commits.</summary>
    Task<Result<Guid>> RecordEvidenceAsync(Guid personId, EvidenceKind kind, string reference, Stream document, string fileName, Actor actor, CancellationToken ct);

    /// <summary>Asks to put an edition in force in place of the one that is; null to end it. The answer is the approval. Commits.</summary>
    Task<Result<Guid>> AskProtocolAsync(string? editionId, string why, Actor actor, CancellationToken ct);

    /// <summary>Submits an appeal for a person. Commits.</summary>
    Task<Result<Guid>> AppealAsync(Guid personId, Guid restrictionId, string text, Actor actor, CancellationToken ct);
}
