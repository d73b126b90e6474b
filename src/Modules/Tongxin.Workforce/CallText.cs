namespace Tongxin.Workforce;

/// <summary>Marker of the texts of calls and applications.</summary>
public sealed class CallText;
