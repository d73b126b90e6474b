namespace Tongxin.Platform.Outbox;

/// <summary>Does the messages of one kind. Runs at least once for each: must be idempotent by key.</summary>
public interface IOutboxHandler
{
    /// <summary>The kind it answers, as given to <c>TongxinDb.Enqueue</c>.</summary>
    string Kind { get; }

    /// <summary>Does one message; an exception sends it back with growing delay.</summary>
    Task HandleAsync(string key, string payload, CancellationToken ct);
}
