using System.Diagnostics;

namespace Tongxin.Benchmarks.Passes;

/// <summary>Two ways to do a thing, taken in turns on one core, in rounds shorter than a turn of the scheduler: whatever else the machine does falls on few.</summary>
internal static class Pair
{
    private const int Rounds = 301, EachRound = 40;

    /// <summary>Microseconds of each, and the median over the rounds of ours to the bare one.</summary>
    public static (double Bare, double Ours, double Ratio) Measure(Action bare, Action ours)
    {
        for (var i = 0; i < 3000; i++)
        {
            bare();
            ours();
        }

        List<double> bareTimes = [], ourTimes = [], ratios = [];
        for (var round = 0; round < Rounds; round++)
        {
            // Who goes first changes, so that neither always finds the cache warm.
            var first = Time(round % 2 == 0 ? bare : ours);
            var second = Time(round % 2 == 0 ? ours : bare);
            bareTimes.Add(round % 2 == 0 ? first : second);
            ourTimes.Add(round % 2 == 0 ? second : first);
            ratios.Add(ourTimes[^1] / bareTimes[^1]);
        }

        return (Median(bareTimes), Median(ourTimes), Median(ratios));
    }

    private static double Time(Action act)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < EachRound; i++) act();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / EachRound;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
