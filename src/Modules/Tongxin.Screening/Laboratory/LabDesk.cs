using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Laboratory.Data;

namespace Tongxin.Screening.Laboratory;

internal sealed class LabDesk(TongxinDb db, LabFiles files, PublishLabFile publish) : ILabDesk
{
    public async Task<Result<LabFileOutcome>> UploadAsync(Guid roundId, Stream content, string fileName, Actor actor, CancellationToken ct)
    {
        var uploaded = await files.UploadAsync(roundId, content, fileName, null, actor, ct);
        return uploaded.IsFailure ? uploaded.Error : await OutcomeAsync(uploaded.Value, ct);
    }

    public async Task<Result<LabFileOutcome>> PublishAsync(Guid roundId, Guid fileId, Actor actor, CancellationToken ct)
    {
        var published = await publish.ExecuteAsync(roundId, fileId, actor, ct);
        return published.IsFailure ? published.Error : await OutcomeAsync(fileId, ct);
    }

    private async Task<LabFileOutcome> OutcomeAsync(Guid id, CancellationToken ct)
    {
        var file = await db.Set<LabFile>().AsNoTracking().SingleAsync(f => f.Id == id, ct);
        return new LabFileOutcome(id, file.State == LabFileState.Quarantined, file.RowsIn, file.NewCount, file.CorrectedCount, file.KnownCount, file.RefusedCount);
    }
}
