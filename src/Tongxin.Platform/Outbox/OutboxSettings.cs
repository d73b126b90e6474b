namespace Tongxin.Platform.Outbox;

/// <summary>How the worker works; the defaults suit one campus.</summary>
internal sealed record OutboxSettings
{
    /// <summary>Messages done at the same time by one node.</summary>
    public int Lanes { get; init; } = 4;

    /// <summary>How long a claim holds; renewed while the handler runs, so that only a dead node loses it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Tries before a message is parked. A process that died while doing it counts as a try.</summary>
    public int Tries { get; init; } = 10;

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>For what other nodes leave, and for what becomes due.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Done messages are kept this long: so long a repeated key is refused, and a person can look.</summary>
    public TimeSpan KeepDone { get; init; } = TimeSpan.FromDays(14);

    /// <summary>
    /// Doubles with each try, and is spread by half so that many failures of one moment do not come back as one.
    /// The spread comes from the id: no randomness needed.
    /// </summary>
    public TimeSpan DelayAfter(int tries, Guid id)
    {
        var full = Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(tries - 1, 30)), LongestDelay.TotalSeconds);
        var spread = (uint)HashCode.Combine(id, tries) / (double)uint.MaxValue;
        return TimeSpan.FromSeconds(full * (0.5 + 0.5 * spread));
    }
}
