using Tongxin.Platform.Data;

namespace Tongxin.Platform.Outbox;

/// <summary>An effect outside the database that a transaction asked for: done by the worker, at least once.</summary>
internal sealed class OutboxMessage : IBookkeeping
{
    private OutboxMessage() { }

    public Guid Id { get; private set; }
    public string Kind { get; private set; } = "";

    /// <summary>Unique with <see cref="Kind"/>: makes a repeated request one message.</summary>
    public string Key { get; private set; } = "";

    public string Payload { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? ClaimedUntil { get; private set; }
    public int Attempts { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>Set when it failed too often: nobody tries again until a person says so.</summary>
    public DateTimeOffset? ParkedAt { get; private set; }

    /// <summary>Type of the last failure, for the system page. Never its text: it could quote a person.</summary>
    public string? LastError { get; private set; }

    public static OutboxMessage Create(string kind, string key, string payload, DateTimeOffset now, DateTimeOffset? dueAt) => new()
    {
        Id = Ids.New(),
        Kind = kind,
        Key = key,
        Payload = payload,
        CreatedAt = now,
        DueAt = dueAt ?? now,
    };
}
