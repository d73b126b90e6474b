namespace Tongxin.Platform.Sheets;

/// <summary>Marker of the texts about files that cannot be taken.</summary>
public sealed class SheetsText;
