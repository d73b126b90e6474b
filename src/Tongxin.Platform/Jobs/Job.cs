using System.Globalization;
using System.Text.Json;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Jobs;

/// <summary>A job's row. Its start is journaled with the transaction that asked for it; its course is bookkeeping.</summary>
internal sealed class Job : IBookkeeping
{
    private Job() { }

    public Guid Id { get; private set; }
    public string Kind { get; private set; } = "";
    public string Title { get; private set; } = "";
    public string Payload { get; private set; } = "";
    public Guid OwnerId { get; private set; }

    /// <summary>The owner's rights at the start, as JSON, without the name.</summary>
    public string Actor { get; private set; } = "";

    public JobState State { get; private set; }
    public long Done { get; private set; }
    public long Total { get; private set; }
    public string? Message { get; private set; }
    public bool CancelAsked { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public string? ErrorCode { get; private set; }
    public string? ErrorArgs { get; private set; }
    public string? Href { get; private set; }

    public static Job Create(string kind, string title, object payload, Actor actor, DateTimeOffset now) => new()
    {
        Id = Ids.New(),
        Kind = kind,
        Title = title,
        Payload = JsonSerializer.Serialize(payload, JsonSerializerOptions.Web),
        OwnerId = actor.AccountId,
        Actor = JsonSerializer.Serialize(actor with { Name = "" }, JsonSerializerOptions.Web),
        State = JobState.Waiting,
        CreatedAt = now,
    };

    public Actor Owner() => JsonSerializer.Deserialize<Actor>(Actor, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("The job has no owner.");

    public void Run(DateTimeOffset now) => (State, StartedAt) = (JobState.Running, now);

    public void AskToCancel() => CancelAsked = true;

    public void Report(JobProgress progress) => (Done, Total, Message) = (progress.Done, progress.Total, progress.Message);

    public void End(JobState state, DateTimeOffset now, string? href, Error? error = null)
    {
        (State, FinishedAt, Href) = (state, now, href);
        if (error is null) return;
        ErrorCode = error.Code;
        ErrorArgs = JsonSerializer.Serialize(error.Args.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? ""));
    }

    public JobView ToView(JobProgress? live)
    {
        var (done, total, message) = live is null || State != JobState.Running ? (Done, Total, Message) : (live.Done, live.Total, live.Message);
        IReadOnlyList<string> args = ErrorArgs is null ? [] : JsonSerializer.Deserialize<string[]>(ErrorArgs) ?? [];
        return new JobView(Id, Kind, Title, State, done, total, message, StartedAt, FinishedAt, ErrorCode, args, Href);
    }
}

/// <summary>How far a running job is.</summary>
internal sealed record JobProgress(long Done, long Total, string? Message);
