namespace Tongxin.Platform.Ui;

/// <summary>Marker of the kit's own texts.</summary>
public sealed class UiText;
