using Tongxin.Core.Common;
using Tongxin.Platform.Access;

namespace Tongxin.Platform.Jobs;

/// <summary>Work that is too long for a request: an import, a solve. A page shows its progress at <c>/jobs/{id}</c>.</summary>
public interface IJobs
{
    /// <summary>
    /// Adds a job to the caller's transaction: it starts as soon as the caller commits, and does not exist otherwise.
    /// Records it in the journal, so the caller need not. Returns its id.
    /// </summary>
    /// <param name="kind">The <see cref="IJobHandler.Kind"/> that does it.</param>
    /// <param name="title">Shown to the owner; no names of persons.</param>
    /// <param name="payload">Becomes JSON; ids of rows and files rather than their content.</param>
    /// <param name="actor">Its owner: nobody else sees it. The job acts with the rights held now.</param>
    Guid Start(string kind, string title, object payload, Actor actor);

    /// <summary>How far it is. Null when there is none or it is another's.</summary>
    Task<JobView?> FindAsync(Guid id, Actor actor, CancellationToken ct);

    /// <summary>Asks it to stop; it ends as <see cref="JobState.Cancelled"/> when it next looks.</summary>
    Task<Result> CancelAsync(Guid id, Actor actor, CancellationToken ct);
}

/// <summary>Does the jobs of one kind. Registered scoped: it may take <c>TongxinDb</c> and contracts.</summary>
public interface IJobHandler
{
    /// <summary>The kind it answers: "module.verb".</summary>
    string Kind { get; }

    /// <summary>
    /// True when doing it twice does the same as once: then a job whose process died is run again from its start.
    /// Otherwise it is marked interrupted and a person decides.
    /// </summary>
    bool CanRunAgain => false;

    /// <summary>
    /// Does the job and commits. A refusal ends it as failed with the refusal's text; an exception with a general one.
    /// Long loops ask <paramref name="ct"/>: it is set when the owner cancels.
    /// </summary>
    Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct);
}

/// <summary>Where a job is.</summary>
public enum JobState
{
    /// <summary>Waits for a worker.</summary>
    Waiting,

    /// <summary>In hand.</summary>
    Running,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Refused or broken: see the error's code.</summary>
    Failed,

    /// <summary>Stopped by its owner.</summary>
    Cancelled,

    /// <summary>Its process died; whether it had committed must be looked up.</summary>
    Interrupted,
}

/// <summary>A job as a page shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Title">As given at the start.</param>
/// <param name="State">Where it is.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all; 0 when unknown.</param>
/// <param name="Message">What it is doing.</param>
/// <param name="StartedAt">When a worker took it up.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="ErrorCode">Key of the text that says why it failed.</param>
/// <param name="ErrorArgs">Fill the places of that text.</param>
/// <param name="Href">Where its result is shown.</param>
public sealed record JobView(
    Guid Id, string Kind, string Title, JobState State, long Done, long Total, string? Message,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? ErrorCode, IReadOnlyList<string> ErrorArgs, string? Href)
{
    /// <summary>Nothing more will happen.</summary>
    public bool IsOver => State is not (JobState.Waiting or JobState.Running);

    /// <summary>0 to 100; null when the total is unknown.</summary>
    public int? Percent => State == JobState.Done ? 100 : Total > 0 ? (int)Math.Clamp(Done * 100 / Total, 0, 100) : null;
}
