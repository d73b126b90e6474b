namespace Tongxin.Platform.Http;

/// <summary>Marker of the texts of refusals by <c>Core.Text</c>: numbers, rooms and dates that cannot be read.</summary>
public sealed class ReadingText;
