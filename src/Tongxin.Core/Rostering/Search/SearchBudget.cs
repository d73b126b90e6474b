namespace Tongxin.Core.Rostering.Search;

/// <summary>
/// What a search may use: time, or steps when the answer must be the same on every machine. Cut into slices that all threads work
/// through side by side; they meet at the end of each slice, so that in step mode who is faster makes no difference.
/// </summary>
internal sealed class SearchBudget(RosterOptions options, CancellationToken ct)
{
    /// <summary>What a second of one thread counts for in step mode.</summary>
    public const double StepsPerSecond = 1e7;

    // Steps need no clock; time without one is a mistake of the caller.
    private readonly TimeProvider? _clock = options.Steps is null
        ? options.Clock ?? throw new ArgumentException("A time limit needs a clock.", nameof(options))
        : null;
    private readonly long _start = options.Clock?.GetTimestamp() ?? 0;
    private long _steps;
    private double _used;

    public CancellationToken Cancel => ct;

    public int Threads { get; } = Math.Clamp(options.Threads, 1, 2);

    /// <summary>Steps made by all threads.</summary>
    public long Steps => Interlocked.Read(ref _steps);

    /// <summary>Zero in step mode: nothing that depends on a clock may reach the answer.</summary>
    public TimeSpan Elapsed => _clock?.GetElapsedTime(_start) ?? TimeSpan.Zero;

    public bool IsOver => ct.IsCancellationRequested || _used >= 1 || (options.Steps is null && Elapsed >= options.Time);

    /// <summary>Part of the budget that is gone, 0 to 1.</summary>
    public double Used => options.Steps is null ? Math.Clamp(Elapsed / options.Time, 0, 1) : _used;

    /// <summary>Seconds that a part of the budget stands for.</summary>
    public double Seconds(double part) =>
        options.Steps is { } steps ? part * steps / Threads / StepsPerSecond : part * options.Time.TotalSeconds;

    /// <summary>
    /// The slice from now until <paramref name="part"/> of the whole budget. The same object serves all threads: each counts its own
    /// steps and asks with them.
    /// </summary>
    public Slice Until(double part)
    {
        var now = Used;
        _used = Math.Max(_used, part);
        return options.Steps is { } steps
            ? new Slice(this, (long)(Math.Max(0, part - now) * steps / Threads))
            : new Slice(this, Elapsed, options.Time * part);
    }

    public void Count(long steps) => Interlocked.Add(ref _steps, steps);
}

/// <summary>A part of a budget. Ends at a number of steps per thread or at a time.</summary>
internal sealed class Slice
{
    private readonly SearchBudget _budget;
    private readonly long _steps;
    private readonly TimeSpan _from, _to;

    public Slice(SearchBudget budget, long steps) => (_budget, _steps) = (budget, steps);

    public Slice(SearchBudget budget, TimeSpan from, TimeSpan to) => (_budget, _steps, _from, _to) = (budget, -1, from, to);

    /// <summary>Part of the slice that a thread with so many steps has behind it: 0 to 1, where 1 means stop.</summary>
    public double Progress(long steps)
    {
        if (_budget.Cancel.IsCancellationRequested) return 1;
        if (_steps >= 0) return steps >= _steps ? 1 : (double)steps / _steps;
        var elapsed = _budget.Elapsed;
        return elapsed >= _to ? 1 : (elapsed - _from) / (_to - _from);
    }

    public bool IsOver(long steps) => Progress(steps) >= 1;

    /// <summary>
    /// A short slice from here on that does not outlast this one. The caller has made <paramref name="steps"/> steps so far and counts
    /// the new slice from 0.
    /// </summary>
    public Slice Inner(long steps, double seconds)
    {
        if (_steps >= 0) return new Slice(_budget, Math.Clamp((long)(seconds * SearchBudget.StepsPerSecond), 1, Math.Max(1, _steps - steps)));
        var now = _budget.Elapsed;
        var end = now + TimeSpan.FromSeconds(seconds);
        return new Slice(_budget, now, end < _to ? end : _to);
    }
}
