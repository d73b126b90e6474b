namespace Tongxin.Platform.Ui;

/// <summary>One line of a <c>Timeline</c>.</summary>
/// <param name="At">When.</param>
/// <param name="Title">What happened.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Text">Why, or what exactly.</param>
/// <param name="IconName">Sign before it.</param>
/// <param name="Tone">Colour of the sign.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Title, string? Who = null, string? Text = null, string IconName = "check", FlashKind Tone = FlashKind.Done);
