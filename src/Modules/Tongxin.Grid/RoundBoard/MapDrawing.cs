using System.Globalization;
using System.Net;
using System.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Ui;

namespace Tongxin.Grid.RoundBoard;

/// <summary>
/// The buildings with their entrances coloured by coverage, as one SVG text. Places that nobody drew are set in rows, so that a
/// map is there from the first minute. Colour is never alone: dots and hatching, a sign and a percent at each building.
/// </summary>
internal sealed class MapDrawing
{
    private const double Gap = 14;
    private const double EntranceWide = 34;
    private const double EntranceHigh = 26;
    private const int PerRow = 6;

    private readonly StringBuilder _svg = new();
    private readonly Func<BoardPlace, string> _title;
    private readonly string _address;
    private double _right = 200;
    private double _bottom = 40;

    private MapDrawing(string address, Func<BoardPlace, string> title) => (_address, _title) = (address, title);

    /// <param name="address">The round's address; each entrance links to its list.</param>
    /// <param name="places">Entrances with figures.</param>
    /// <param name="all">The place tree.</param>
    /// <param name="label">Name of the picture.</param>
    /// <param name="title">What an entrance says when pointed at or read out.</param>
    public static string Draw(string address, IReadOnlyList<BoardPlace> places, IReadOnlyList<PlaceView> all, string label, Func<BoardPlace, string> title)
    {
        var drawing = new MapDrawing(address, title);
        var byId = all.ToDictionary(p => p.Id);
        // The whole of the town lies before the buildings: an entrance belongs to its parent, a building without entrances to itself.
        var buildings = places.GroupBy(p => p.Place.Kind == PlaceKind.Entrance ? p.Place.ParentId ?? p.Place.Id : p.Place.Id)
            .Select(g => (Building: byId[g.Key], Parts: g.ToList())).OrderBy(b => b.Building.SortKey, StringComparer.Ordinal).ToList();
        foreach (var (building, parts) in buildings.Where(b => b.Building.X is not null)) drawing.Drawn(building, parts);
        drawing.Rows([.. buildings.Where(b => b.Building.X is null)], buildings.Exists(b => b.Building.X is not null));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg class="round-map" viewBox="0 0 {drawing._right + Gap:0} {drawing._bottom + Gap:0}" role="group" aria-label="{WebUtility.HtmlEncode(label)}">
            <defs><pattern id="map-dots" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1" class="map-mark"/></pattern><pattern id="map-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="6" class="map-mark"/></pattern></defs>
            {drawing._svg}</svg>
            """);
    }

    private void Drawn(PlaceView building, List<BoardPlace> parts)
    {
        var (x, y, w, h) = (building.X ?? 0, building.Y ?? 0, building.Width ?? 60, building.Height ?? 24);
        House(x, y, w, h);
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i].Place;
            if (part.Id != building.Id && part is { X: { } px, Y: { } py, Width: { } pw, Height: { } ph }) Part(parts[i], px, py, pw, ph);
            else if (w >= h) Part(parts[i], x + (w * i / parts.Count), y, w / parts.Count, h);
            else Part(parts[i], x, y + (h * i / parts.Count), w, h / parts.Count);
        }
        Name(building, parts, x + (w / 2), y + h);
    }

    private void Rows(IReadOnlyList<(PlaceView Building, List<BoardPlace> Parts)> buildings, bool below)
    {
        var (x, y, column) = (Gap, below ? _bottom + (2 * Gap) : Gap, 0);
        foreach (var (building, parts) in buildings)
        {
            var wide = Math.Max(parts.Count * EntranceWide, 84);
            if (column == PerRow || (column > 0 && x + wide > 960)) (x, y, column) = (Gap, y + EntranceHigh + 46, 0);
            House(x, y, parts.Count * EntranceWide, EntranceHigh);
            for (var i = 0; i < parts.Count; i++) Part(parts[i], x + (i * EntranceWide), y, EntranceWide, EntranceHigh);
            Name(building, parts, x + (parts.Count * EntranceWide / 2), y + EntranceHigh);
            x += wide + Gap;
            column++;
        }
    }

    private void House(double x, double y, double w, double h) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"map-house\" x=\"{x - 2:0.#}\" y=\"{y - 2:0.#}\" width=\"{w + 4:0.#}\" height=\"{h + 4:0.#}\" rx=\"3\"/>");

    private void Part(BoardPlace part, double x, double y, double w, double h)
    {
        var level = LevelOf(part.Balance.Done, part.Balance.Targets - part.Balance.Excused, part.Balance.Excused);
        var box = string.Create(CultureInfo.InvariantCulture, $"x=\"{x + 1:0.#}\" y=\"{y + 1:0.#}\" width=\"{w - 2:0.#}\" height=\"{h - 2:0.#}\" rx=\"2\"");
        _svg.Append(CultureInfo.InvariantCulture, $"<a href=\"{_address}/list?place={part.Place.Id}\" aria-label=\"{WebUtility.HtmlEncode(_title(part))}\"><rect class=\"area-{Css(level)}\" {box}/>");
        if (level is CoverageLevel.Half or CoverageLevel.Low) _svg.Append(CultureInfo.InvariantCulture, $"<rect fill=\"url(#{(level == CoverageLevel.Half ? "map-dots" : "map-hatch")})\" {box}/>");
        _svg.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode(_title(part))}</title></a>\n");
        (_right, _bottom) = (Math.Max(_right, x + w), Math.Max(_bottom, y + h));
    }

    private void Name(PlaceView building, List<BoardPlace> parts, double middle, double y)
    {
        var (done, due, excused) = (parts.Sum(p => p.Balance.Done), parts.Sum(p => p.Balance.Targets - p.Balance.Excused), parts.Sum(p => p.Balance.Excused));
        var level = LevelOf(done, due, excused);
        var percent = CoverageLevels.Percent(done, due) is { } p ? $"{p}%" : "–";
        _svg.Append(CultureInfo.InvariantCulture, $"<g class=\"map-name lv-{Css(level)}\">{Sign(level, middle - 34, y + 7)}<text x=\"{middle - 20:0.#}\" y=\"{y + 17:0.#}\"><tspan class=\"map-building\">{WebUtility.HtmlEncode(building.Name)}</tspan> {percent}</text></g>\n");
        (_right, _bottom) = (Math.Max(_right, middle + 44), Math.Max(_bottom, y + 22));
    }

    private static string Sign(CoverageLevel level, double x, double y)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"transform=\"translate({x:0.#} {y:0.#}) scale(.75)\"");
        return level switch
        {
            CoverageLevel.Full => $"<g {at}><circle cx=\"8\" cy=\"8\" r=\"7.5\" fill=\"currentColor\"/><path class=\"cov-tick\" d=\"m4.7 8.3 2.3 2.3 4.3-4.8\" fill=\"none\" stroke-width=\"1.8\"/></g>",
            CoverageLevel.High => $"<g {at}><circle cx=\"8\" cy=\"8\" r=\"6.7\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\"/><path d=\"M8 8V1.5A6.5 6.5 0 1 1 1.5 8z\" fill=\"currentColor\"/></g>",
            CoverageLevel.Half => $"<g {at}><circle cx=\"8\" cy=\"8\" r=\"6.7\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\"/><path d=\"M8 1.5a6.5 6.5 0 0 0 0 13z\" fill=\"currentColor\"/></g>",
            CoverageLevel.Low => $"<path {at} d=\"M8 1.2 15.4 14.5H.6z\" fill=\"currentColor\"/>",
            _ => $"<circle {at} cx=\"8\" cy=\"8\" r=\"6.5\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\" stroke-dasharray=\"2.6 2.5\"/>",
        };
    }

    /// <summary>A place of which nothing is due any more because all are excused is complete, not "not started".</summary>
    private static CoverageLevel LevelOf(int done, int due, int excused) =>
        due == 0 && excused > 0 ? CoverageLevel.Full : CoverageLevels.Of(done, due, started: done > 0 || excused > 0);

    private static string Css(CoverageLevel level) => level switch
    {
        CoverageLevel.Full => "full",
        CoverageLevel.High => "high",
        CoverageLevel.Half => "half",
        CoverageLevel.Low => "low",
        _ => "none",
    };
}
