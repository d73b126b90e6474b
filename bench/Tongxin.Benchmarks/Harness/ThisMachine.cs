namespace Tongxin.Benchmarks.Harness;

/// <summary>What the figures were taken on: its size, never its name.</summary>
internal static class ThisMachine
{
    public static string Size
    {
        get
        {
            var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30);
            return $"{Environment.ProcessorCount} cores, {memory:0} GB, {Environment.OSVersion.Platform} .NET {Environment.Version}";
        }
    }

    /// <summary>Work that waited for each core over the last minute; above one half others were busy here too.</summary>
    public static double LoadPerCore()
    {
        const string File = "/proc/loadavg";
        return System.IO.File.Exists(File)
            ? Math.Round(double.Parse(System.IO.File.ReadAllText(File).Split(' ')[0]) / Environment.ProcessorCount, 2)
            : 0;
    }
}
