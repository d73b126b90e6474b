namespace Tongxin.Access.Returns;

/// <summary>Marker of the texts of return registration.</summary>
public sealed class ReturnsText;
