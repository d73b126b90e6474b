using System.Globalization;
using Tongxin.Core.Rostering;

namespace Tongxin.Rosters;

/// <summary>The command line is not understood. The message is what the user sees.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What stands behind the file on the command line.</summary>
internal sealed record Arguments
{
    public double Seconds { get; init; } = 60;

    public long? Steps { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>How many seeds from <see cref="Seed"/> on a benchmark runs; it shows the median.</summary>
    public int Seeds { get; init; } = 1;

    public int Threads { get; init; } = 2;

    public string? Out { get; init; }

    /// <summary>Count processor time of this process over the number of threads, so that a busy machine does not spoil a measurement.</summary>
    public bool Cpu { get; init; }

    /// <summary>Print every improvement.</summary>
    public bool Trace { get; init; }

    /// <summary>For a made instance: days, staff, kinds.</summary>
    public (int Days, int Staff, int Kinds) Size { get; init; } = (28, 20, 3);

    /// <summary>For a made instance: minutes needed in hundredths of those that all may work.</summary>
    public int Load { get; init; } = MadeInstance.UsualLoad;

    public static Arguments Read(ReadOnlySpan<string> args)
    {
        var read = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            read = args[i] switch
            {
                "--seconds" => read with { Seconds = Number(args[i++], value) },
                "--steps" => read with { Steps = (long)Number(args[i++], value) },
                "--seed" => read with { Seed = (int)Number(args[i++], value) },
                "--seeds" => read with { Seeds = Math.Max(1, (int)Number(args[i++], value)) },
                "--threads" => read with { Threads = (int)Number(args[i++], value) },
                "--days" => read with { Size = read.Size with { Days = (int)Number(args[i++], value) } },
                "--staff" => read with { Size = read.Size with { Staff = (int)Number(args[i++], value) } },
                "--kinds" => read with { Size = read.Size with { Kinds = (int)Number(args[i++], value) } },
                "--load" => read with { Load = (int)Number(args[i++], value) },
                "--out" when value.Length > 0 => Skip(read with { Out = value }, ref i),
                "--cpu" => read with { Cpu = true },
                "--trace" => read with { Trace = true },
                var unknown => throw new UsageException($"Option '{unknown}' is not known or lacks its value. There are --seconds, --steps, --seed, --seeds, --threads, --out, --cpu, --trace."),
            };
        }

        return read;
    }

    public RosterOptions Options(int seed, Action<RosterProgress>? progress) => new()
    {
        Seed = seed,
        Steps = Steps,
        Time = TimeSpan.FromSeconds(Seconds),
        Threads = Threads,
        Clock = Cpu ? new ProcessorClock(Threads) : TimeProvider.System,
        Progress = progress,
    };

    private static Arguments Skip(Arguments read, ref int i)
    {
        i++;
        return read;
    }

    private static double Number(string option, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 1e15
            ? number
            : throw new UsageException($"{option} needs a number, not '{value}'.");
}
