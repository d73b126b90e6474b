namespace Tongxin.TestKit;

/// <summary>A clock that stands still until a test moves it. Timers are the system's: no test waits for them.</summary>
public sealed class FakeTimeProvider(DateTimeOffset now) : TimeProvider
{
    /// <summary>Wednesday 6 April 2022, 09:00 on campus: in the middle of the outbreak the reports tell of.</summary>
    public static readonly DateTimeOffset Start = new(2022, 4, 6, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Saturday 21 November 2026, 19:00 on campus: an evening on which the samples are true.</summary>
    public static readonly DateTimeOffset SamplesEvening = new(2026, 11, 21, 11, 0, 0, TimeSpan.Zero);

    private long _ticks = now.UtcTicks;

    public FakeTimeProvider()
        : this(Start)
    {
    }

    public DateTimeOffset Now => GetUtcNow();

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);

    public void Set(DateTimeOffset to) => Interlocked.Exchange(ref _ticks, to.UtcTicks);
}
