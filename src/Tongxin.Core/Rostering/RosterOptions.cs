namespace Tongxin.Core.Rostering;

/// <summary>How long and with which seed to search. Exactly one of <see cref="Steps"/> and <see cref="Time"/> is used; steps win.</summary>
public sealed record RosterOptions
{
    /// <summary>Same problem, seed and steps: same roster, on any machine and any number of cores.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Search steps; about ten million make a second on one core. Null: <see cref="Time"/> counts.</summary>
    public long? Steps { get; init; }

    /// <summary>Time to search when <see cref="Steps"/> is null. Default 10 s.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock that <see cref="Time"/> is measured on; needed unless <see cref="Steps"/> counts.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Searches that run side by side, 1 or 2.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>Told of every better roster, from the thread that found it.</summary>
    public Action<RosterProgress>? Progress { get; init; }
}

/// <summary>News from a running search.</summary>
/// <param name="Penalty">Penalty of the best roster so far, as the search counts it.</param>
/// <param name="Elapsed">Since the start; zero when only steps are counted.</param>
/// <param name="Phase">annealing | warm | columns | dive | polish: for a log, not for people.</param>
public readonly record struct RosterProgress(double Penalty, TimeSpan Elapsed, string Phase);
