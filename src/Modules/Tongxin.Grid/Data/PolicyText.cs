using System.Text.Json;
using System.Text.Json.Serialization;
using Tongxin.Core.Rounds;

namespace Tongxin.Grid.Data;

/// <summary>A policy as text in the round's row: an old round keeps its meaning when the defaults change.</summary>
internal static class PolicyText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static string Write(RoundPolicy policy) => JsonSerializer.Serialize(policy, Options);

    public static RoundPolicy Read(string text) => JsonSerializer.Deserialize<RoundPolicy>(text, Options)
        ?? throw new InvalidOperationException("The round has no policy.");

    public static string? WriteList<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : JsonSerializer.Serialize(list, Options);

    public static IReadOnlyList<T> ReadList<T>(string? text) => text is null ? [] : JsonSerializer.Deserialize<List<T>>(text, Options) ?? [];
}
