namespace Tongxin.People.Import;

/// <summary>Marker of the texts of the import desk.</summary>
public sealed class ImportText;
