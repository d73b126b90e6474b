namespace Tongxin.Host.Commands.Drills;

/// <summary>One drill.</summary>
internal interface IDrill
{
    /// <summary>The NAME of <c>tongxin drill NAME</c>.</summary>
    string Name { get; }

    /// <summary>What is drilled, in a line.</summary>
    string Chinese { get; }

    /// <summary>The same in English.</summary>
    string English { get; }

    /// <summary>Drills in an empty database.</summary>
    /// <param name="stage">Where it says what holds.</param>
    /// <param name="people">About how many people take part.</param>
    Task RunAsync(DrillStage stage, int people, CancellationToken ct);
}
