using System.Text.Json;
using System.Text.Json.Serialization;
using Tongxin.Core.Text;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Data;

/// <summary>需协助事项: what a household asks for at the door.</summary>
internal enum VisitNeed
{
    Medicine,
    Doctor,
    Dialysis,
    Groceries,
    Testing,
    Counselling,
    Other,
}

/// <summary>上一轮核酸.</summary>
internal enum LastTest
{
    Done,
    Missed,
}

/// <summary>The answers of one visit or self-report. What is null was not asked or not answered.</summary>
internal sealed record VisitDetail
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>实际入住人数.</summary>
    public int? Residents { get; init; }
    public HousingUse? Use { get; init; }

    /// <summary>Persons on the register who no longer live there, as seen at the door; the office ends the residency.</summary>
    public IReadOnlyList<Guid>? MovedOut { get; init; }

    /// <summary>People met who are not on the register, in the helper's words, for the office.</summary>
    public string? NewPeople { get; init; }
    public IReadOnlyList<VisitNeed>? Needs { get; init; }
    public LastTest? LastTest { get; init; }
    public string? LastTestReason { get; init; }
    public string? Note { get; init; }

    public static byte[]? Seal(VisitDetail? detail, SecretBox box) => detail is null ? null : box.Seal(JsonSerializer.Serialize(detail, Options));

    public static VisitDetail? Unseal(byte[]? sealedDetail, SecretBox box) =>
        box.Unseal(sealedDetail) is { } text ? JsonSerializer.Deserialize<VisitDetail>(text, Options) : null;

    /// <summary>Equal for equal answers about who lives there and what is needed; free text is not compared.</summary>
    public static string? Digest(VisitDetail? detail, SecretBox box)
    {
        if (detail is null) return null;
        var needs = string.Join(',', (detail.Needs ?? []).Distinct().Order());
        var hash = box.Index("grid.answers", $"{detail.Residents}|{detail.Use}|{needs}|{detail.LastTest}");
        return hash is null ? null : Convert.ToHexString(hash);
    }
}
