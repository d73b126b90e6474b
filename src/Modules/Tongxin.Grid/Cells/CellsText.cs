namespace Tongxin.Grid.Cells;

/// <summary>Marker of the texts of cells, coverage, responsibilities and proposals.</summary>
public sealed class CellsText;
