using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.Import;

/// <summary>Gives an import up before anything was written; what was kept of its rows goes too.</summary>
internal sealed class DiscardImport(TongxinDb db, ImportFiles imports)
{
    public async Task<Result> ExecuteAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var batch = await imports.FindAsync(id, actor, ct);
        if (batch is null) return ImportErrors.NotFound;
        if (batch.State is ImportState.Committed) return ImportErrors.AlreadyOver;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Set<ImportFinding>().Where(f => f.BatchId == id).ExecuteDeleteAsync(ct);
        batch.Discard();
        db.Record(actor, "people.import.discarded", "import", id);
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }
}
