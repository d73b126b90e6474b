using System.Diagnostics;

namespace Tongxin.Benchmarks.Harness;

/// <summary>Times in milliseconds, and what is read off them.</summary>
internal sealed class Sample
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public double Median => At(0.5);

    public void Add(double value) => _values.Add(value);

    /// <summary>The value that this share of all does not pass (nearest rank).</summary>
    public double At(double share)
    {
        var ordered = _values.Order().ToList();
        return ordered[Math.Clamp((int)Math.Ceiling(share * ordered.Count) - 1, 0, ordered.Count - 1)];
    }

    public static double Milliseconds(Action act)
    {
        var started = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public static async Task<double> MillisecondsAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
