using System.Globalization;
using Xunit;

namespace Tongxin.Journeys.Harness;

/// <summary>A phone or a desk, by day or by night. Travels through theory data as its name: "390-light".</summary>
public sealed record Screen(int Width, bool Dark)
{
    public const int Phone = 390;
    public const int Desk = 1280;

    public static TheoryData<string> BothWidths => ["390-light", "1280-light"];

    public int Height => Width == Phone ? 844 : 800;

    public static Screen Of(string name)
    {
        var parts = name.Split('-');
        return new Screen(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1] == "dark");
    }

    public override string ToString() => $"{Width}-{(Dark ? "dark" : "light")}";
}
