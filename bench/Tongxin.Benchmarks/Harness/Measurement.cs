using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tongxin.Benchmarks.Harness;

/// <summary>What came out.</summary>
/// <param name="Reference">What the ratio is taken against.</param>
/// <param name="Ratio">Measured over reference; less is better.</param>
/// <param name="Bar">The ratio that must not be passed.</param>
/// <param name="Figures">Everything else, by name with its unit.</param>
/// <param name="AlsoHolds">Bars beside the ratio, which are among the figures.</param>
internal sealed record Measurement(
    string Reference, double Ratio, double Bar, IReadOnlyDictionary<string, object> Figures, bool AlsoHolds = true)
{
    public bool Holds => AlsoHolds && Ratio <= Bar;
}

/// <summary>A measurement with its name, day and machine: one line of JSON.</summary>
internal sealed record Line(
    string Name, string Date, string Machine, double LoadPerCore, IReadOnlyDictionary<string, object> Figures, string Reference, double Ratio, double Bar, bool Holds)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Line Of(string name, Measurement measured, double loadPerCore) => new(
        name,
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd"),
        ThisMachine.Size,
        loadPerCore,
        measured.Figures,
        measured.Reference,
        Math.Round(measured.Ratio, 3),
        measured.Bar,
        measured.Holds);

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    public static Line? Parse(string json) => JsonSerializer.Deserialize<Line>(json, Options);
}
