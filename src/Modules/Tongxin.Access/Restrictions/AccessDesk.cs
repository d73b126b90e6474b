using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Access.Restrictions;

/// <summary>The contract: the same slices that the pages call.</summary>
internal sealed class AccessDesk(RecordEvidence evidence, AskProtocol protocol, SubmitAppeal appeal) : IAccessDesk
{
    public Task<Result<Guid>> RecordEvidenceAsync(Guid personId, EvidenceKind kind, string reference, Stream document, string fileName, Actor actor, CancellationToken ct) =>
        evidence.ExecuteAsync(personId, kind, reference, document, fileName, actor, ct);

    public Task<Result<Guid>> AskProtocolAsync(string? editionId, string why, Actor actor, CancellationToken ct) => protocol.ExecuteAsync(editionId, why, actor, ct);

    public Task<Result<Guid>> AppealAsync(Guid personId, Guid restrictionId, string text, Actor actor, CancellationToken ct) =>
        appeal.ExecuteAsync(personId, restrictionId, text, AppealWay.Helper, actor, ct);
}
