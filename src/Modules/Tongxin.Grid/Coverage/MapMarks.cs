using Tongxin.Grid.Cells;

namespace Tongxin.Grid.Coverage;

/// <summary>How an entrance looks on the map.</summary>
/// <param name="Css">Its fill.</param>
/// <param name="Pattern">"hatch" or "dots", so that colour is never alone.</param>
/// <param name="Text">Written on it.</param>
internal sealed record MapMark(string Css, string? Pattern, string? Text, string Label, string Href);

/// <summary>What a page tells the map on it: components cannot take internal types as parameters.</summary>
internal sealed class MapMarks
{
    private Func<GridUnit, MapMark> _mark = u => new MapMark("area-none", null, null, u.Label, "");

    public IReadOnlyList<SiteMap> Sites { get; private set; } = [];

    public void Show(IReadOnlyList<SiteMap> sites, Func<GridUnit, MapMark> mark) => (Sites, _mark) = (sites, mark);

    public MapMark Of(GridUnit unit) => _mark(unit);
}
