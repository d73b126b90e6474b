using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tongxin.Core.Common;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;

namespace Tongxin.Platform.Jobs;

/// <summary>Runs one job for the outbox, in a scope of its own, and notes how it ended.</summary>
internal sealed partial class JobRunner(IServiceScopeFactory scopes, JobBoard board, Dialect dialect, TimeProvider clock, ILogger<JobRunner> logger) : IOutboxHandler
{
    public const string OutboxKind = "platform.job";

    private static readonly TimeSpan BetweenNotes = TimeSpan.FromSeconds(1);

    public string Kind => OutboxKind;

    public async Task HandleAsync(string key, string payload, CancellationToken ct)
    {
        var id = (JsonSerializer.Deserialize<JobStart>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No job.")).JobId;
        await using var scope = scopes.CreateAsyncScope();
        var job = await FindAsync(id, ct);
        if (job is null or { FinishedAt: not null }) return;

        var handler = scope.ServiceProvider.GetServices<IJobHandler>().FirstOrDefault(h => h.Kind == job.Kind);
        if (job.CancelAsked) await NoteAsync(id, j => j.End(JobState.Cancelled, clock.GetUtcNow(), null), ct);
        else if (handler is null) await FailAsync(id, Error.NotFound("platform.job.unknown-kind"), null, ct);
        else if (job.State == JobState.Running && !handler.CanRunAgain)
            await NoteAsync(id, j => j.End(JobState.Interrupted, clock.GetUtcNow(), null, Error.Conflict("platform.job.interrupted")), ct);
        else await RunAsync(job, handler, ct);
    }

    private async Task RunAsync(Job job, IJobHandler handler, CancellationToken ct)
    {
        await NoteAsync(job.Id, j => j.Run(clock.GetUtcNow()), ct);
        using var cancel = new CancellationTokenSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, cancel.Token);
        board.Open(job.Id, cancel);
        var context = new JobContext(job.Id, job.Owner(), Reporter(job.Id, cancel));
        var watch = Stopwatch.GetTimestamp();
        try
        {
            var result = await handler.RunAsync(context, job.Payload, stop.Token);
            if (result.IsFailure) await FailAsync(job.Id, result.Error, context.Href, CancellationToken.None);
            else await NoteAsync(job.Id, j => j.End(JobState.Done, clock.GetUtcNow(), context.Href), CancellationToken.None);
            Log.Ended(logger, job.Id, job.Kind, Stopwatch.GetElapsedTime(watch).TotalSeconds);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await NoteAsync(job.Id, j => j.End(JobState.Cancelled, clock.GetUtcNow(), context.Href), CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Log.Failed(logger, job.Id, job.Kind, failure.GetType().Name, Where(failure));
            await FailAsync(job.Id, Error.Conflict(dialect.IsDiskFull(failure) ? "platform.http.disk-full" : "platform.job.failed"), context.Href, CancellationToken.None);
        }
        finally
        {
            board.Close(job.Id);
        }
    }

    /// <summary>
    /// Progress lives in memory, where this node's pages read it. Where writers do not wait for each other it is also noted
    /// in the row each second, for the pages of other nodes; with one writer the note would wait for the job's own transaction.
    /// </summary>
    private Func<JobProgress, CancellationToken, Task> Reporter(Guid id, CancellationTokenSource cancel)
    {
        var noted = clock.GetTimestamp();
        return async (progress, ct) =>
        {
            board.Report(id, progress);
            if (dialect.OneWriter || clock.GetElapsedTime(noted) < BetweenNotes) return;
            noted = clock.GetTimestamp();
            var asked = false;
            await NoteAsync(id, j =>
            {
                j.Report(progress);
                asked = j.CancelAsked;
            }, ct);
            if (!asked) return;
            await cancel.CancelAsync();
            throw new OperationCanceledException(cancel.Token);
        };
    }

    private Task FailAsync(Guid id, Error error, string? href, CancellationToken ct) =>
        NoteAsync(id, j => j.End(JobState.Failed, clock.GetUtcNow(), href, error), ct);

    /// <summary>A connection of its own: what the job's transaction does is another matter.</summary>
    private async Task NoteAsync(Guid id, Action<Job> change, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
        var job = await db.Set<Job>().SingleAsync(j => j.Id == id, ct);
        if (board.ProgressOf(id) is { } live) job.Report(live);
        change(job);
        await db.SaveChangesAsync(ct);
    }

    private async Task<Job?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TongxinDb>().Set<Job>().AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, ct);
    }

    /// <summary>The method it broke in; the exception's text could quote a person.</summary>
    private static string Where(Exception failure) => failure.TargetSite is { } site ? $"{site.DeclaringType?.Name}.{site.Name}" : "?";

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Information, "Job {JobId} of kind {Kind} ended after {Seconds} s")]
        public static partial void Ended(ILogger logger, Guid jobId, string kind, double seconds);

        [LoggerMessage(1202, LogLevel.Error, "Job {JobId} of kind {Kind} failed: {Failure} in {Where}")]
        public static partial void Failed(ILogger logger, Guid jobId, string kind, string failure, string where);
    }
}
