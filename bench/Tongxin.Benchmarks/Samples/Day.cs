namespace Tongxin.Benchmarks.Samples;

/// <summary>
/// Six hours of sampling with ten times as many people for twenty minutes in the middle of it, replayed faster: when each person is sampled.
/// </summary>
internal sealed class Day(int people, double times)
{
    private const double Hours = 6, BurstHours = 1.0 / 3, BurstStarts = 2.5, Burst = 10;

    // Of people at the usual pace: the burst counts as ten times its length.
    private readonly double _usualPerHour = people / (Hours - BurstHours + (Burst * BurstHours));

    public double Minutes => Hours * 60 / times;

    /// <summary>People in a second of the replay.</summary>
    public double UsualPerSecond => _usualPerHour / 3600 * times;

    public double BurstPerSecond => UsualPerSecond * Burst;

    /// <summary>When the person with this number is sampled, from the start of the replay.</summary>
    public TimeSpan At(int number)
    {
        var before = BurstStarts * _usualPerHour;
        var within = before + (Burst * BurstHours * _usualPerHour);
        var hour = number < before ? number / _usualPerHour
            : number < within ? BurstStarts + ((number - before) / (Burst * _usualPerHour))
            : BurstStarts + BurstHours + ((number - within) / _usualPerHour);
        return TimeSpan.FromHours(hour / times);
    }
}
