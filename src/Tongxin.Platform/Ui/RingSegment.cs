namespace Tongxin.Platform.Ui;

/// <summary>A part of a <c>Ring</c>, in the tone of a coverage level.</summary>
public sealed record RingSegment(int Count, CoverageLevel Tone);
