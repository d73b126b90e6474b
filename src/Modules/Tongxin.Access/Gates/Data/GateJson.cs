using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tongxin.Access.Gates.Data;

/// <summary>How lists of a gate and of a permit are kept in a column.</summary>
internal static class GateJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new InvalidOperationException("An empty column.");
}
