using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Screening.Laboratory.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>
/// What a doctor found in a single result, as evidence of the module "screening": a case, or a contact. A pool is never one, and neither
/// is a single positive that nobody has read. Corrected results are left out: nothing new can be asked with them.
/// </summary>
internal sealed class TestEvidence(TongxinDb db) : IEvidence
{
    public const string ModuleName = "screening";

    public string Module => ModuleName;

    public async Task<IReadOnlyList<EvidenceFact>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var judged = await db.Set<RecheckTask>().AsNoTracking()
            .Where(r => ids.Contains(r.Id) && (r.Judgement == RecheckJudgement.Confirmed || r.Judgement == RecheckJudgement.Contact)).ToListAsync(ct);
        return [.. judged.Select(r => new EvidenceFact(
            r.Id, r.PersonId, r.Judgement == RecheckJudgement.Confirmed ? EvidenceKind.LabResult : EvidenceKind.ContactOrder,
            r.DecidedBy ?? r.TubeCode, r.JudgedAt ?? r.StateAt, null))];
    }
}
