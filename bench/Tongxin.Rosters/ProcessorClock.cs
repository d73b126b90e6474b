namespace Tongxin.Rosters;

/// <summary>Time that passes only while this process computes: processor time over the number of threads.</summary>
internal sealed class ProcessorClock(int threads) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks / Math.Max(1, threads);
}
