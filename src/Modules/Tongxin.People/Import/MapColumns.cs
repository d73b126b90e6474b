using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;

namespace Tongxin.People.Import;

/// <summary>Says which column is what, and has the file held against the register. Nothing is written to the register.</summary>
internal sealed class MapColumns(TongxinDb db, ImportFiles imports, IJobs jobs)
{
    public async Task<Result> ExecuteAsync(
        Guid id, IReadOnlyDictionary<ImportField, int> columns, bool completeRoll, string? campus, Actor actor, CancellationToken ct)
    {
        var batch = await imports.FindAsync(id, actor, ct);
        if (batch is null) return ImportErrors.NotFound;
        if (batch.State is ImportState.Committed or ImportState.Discarded) return ImportErrors.AlreadyOver;
        if (!columns.ContainsKey(ImportField.Name)) return ImportErrors.NoNameColumn;
        if (!columns.ContainsKey(ImportField.Room) && !columns.ContainsKey(ImportField.Address)) return ImportErrors.NoRoomColumn;

        var job = jobs.Start(PreviewImport.JobKind, batch.FileName, new ImportJob(id), actor);
        batch.Map(columns, completeRoll, string.IsNullOrWhiteSpace(campus) ? null : campus.Trim(), job);
        db.Record(actor, "people.import.mapped", "import", id, details: new { completeRoll, columns = columns.Count });
        await db.CommitAsync(ct);
        return Result.Ok;
    }
}

/// <summary>Payload of both jobs.</summary>
internal sealed record ImportJob(Guid BatchId);
