using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Jobs;

internal sealed class JobDesk(TongxinDb db, JobBoard board, TimeProvider clock) : IJobs
{
    public Guid Start(string kind, string title, object payload, Actor actor)
    {
        var job = Job.Create(kind, title, payload, actor, clock.GetUtcNow());
        db.Add(job);
        db.Enqueue(JobRunner.OutboxKind, job.Id.ToString(), new JobStart(job.Id));
        db.Record(actor, "platform.job.start", "platform.job", job.Id, details: new { kind });
        return job.Id;
    }

    public async Task<JobView?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var job = await db.Set<Job>().AsNoTracking().SingleOrDefaultAsync(j => j.Id == id && j.OwnerId == actor.AccountId, ct);
        return job?.ToView(board.ProgressOf(id));
    }

    public async Task<Result> CancelAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var job = await db.Set<Job>().SingleOrDefaultAsync(j => j.Id == id && j.OwnerId == actor.AccountId, ct);
        if (job is null) return Error.NotFound("platform.job.none");
        if (job.FinishedAt is not null) return Error.Conflict("platform.job.over");
        // First the one in hand: its own transaction may keep the row below waiting.
        board.Cancel(id);
        job.AskToCancel();
        db.Record(actor, "platform.job.cancel", "platform.job", id);
        await db.CommitAsync(ct);
        return Result.Ok;
    }
}

/// <summary>The outbox message that starts a job.</summary>
internal sealed record JobStart(Guid JobId);
