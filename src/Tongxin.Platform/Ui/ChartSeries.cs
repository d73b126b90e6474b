namespace Tongxin.Platform.Ui;

/// <summary>How a series is drawn.</summary>
public enum ChartMark
{
    /// <summary>A line through the values.</summary>
    Line,

    /// <summary>A column for each value.</summary>
    Bar,
}

/// <summary>One series of a <c>MiniChart</c>.</summary>
/// <param name="Name">Shown at its end and in the table.</param>
/// <param name="Values">One per head; null leaves a gap.</param>
/// <param name="Tone">Its colour, by coverage level.</param>
/// <param name="Mark">Line or columns.</param>
/// <param name="Dashed">A wanted or expected line.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, CoverageLevel Tone = CoverageLevel.Full, ChartMark Mark = ChartMark.Line, bool Dashed = false);
