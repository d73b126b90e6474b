using Tongxin.Platform.Access;

namespace Tongxin.Platform.Jobs;

/// <summary>What a running job knows of itself, and how it tells where it is.</summary>
public sealed class JobContext
{
    private readonly Func<JobProgress, CancellationToken, Task> _report;

    internal JobContext(Guid jobId, Actor actor, Func<JobProgress, CancellationToken, Task> report) => (JobId, Actor, _report) = (jobId, actor, report);

    /// <summary>The job's id.</summary>
    public Guid JobId { get; }

    /// <summary>Who asked for it, with the rights held then: for scope and for the journal.</summary>
    public Actor Actor { get; }

    /// <summary>Address of the page that shows the result; set it before returning.</summary>
    public string? Href { get; set; }

    /// <summary>
    /// Tells how far it is. Cheap: call it every few hundred rows, also within the job's own transaction, which it never
    /// joins and never waits for.
    /// </summary>
    /// <param name="done">Steps done.</param>
    /// <param name="total">Steps in all; 0 when unknown.</param>
    /// <param name="message">What it is doing; no names of persons.</param>
    /// <param name="ct">Set when the owner cancelled: then this throws, and the job ends.</param>
    public Task ReportAsync(long done, long total, string? message, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return _report(new JobProgress(done, total, message), ct);
    }
}
