using System.Text.Json;
using System.Text.Json.Serialization;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling;
using Tongxin.Platform.Data;

namespace Tongxin.Screening.Plans.Data;

/// <summary>A plan of a round as it was made: never changed, only published. The next plan has the next number.</summary>
internal sealed class RoundPlan : IVersioned
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private RoundPlan() { }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }

    /// <summary>1 and up in its round.</summary>
    public int Number { get; private set; }
    public DateTimeOffset MadeAt { get; private set; }
    public Guid MadeBy { get; private set; }

    /// <summary>Why it replaces the one before; null for plans from scratch.</summary>
    public string? Why { get; private set; }

    /// <summary>Units, options and the plan with its figures, as JSON.</summary>
    public string Body { get; private set; } = "";
    public DateTimeOffset? PublishedAt { get; private set; }
    public int Version { get; private set; }

    public static RoundPlan Make(Guid id, Guid round, int number, PlanBody body, string? why, Guid by, DateTimeOffset at) =>
        new() { Id = id, RoundId = round, Number = number, MadeAt = at, MadeBy = by, Why = why, Body = JsonSerializer.Serialize(body, Json) };

    public PlanBody Read() => JsonSerializer.Deserialize<PlanBody>(Body, Json) ?? throw new InvalidOperationException("A plan has a body.");

    public void Publish(DateTimeOffset at) => PublishedAt ??= at;
}

/// <summary>What a plan was made from, and what came out.</summary>
/// <param name="Waits">Null for plans that were made before plans were tried out.</param>
internal sealed record PlanBody(PlanOptions Options, DateTimeOffset Start, int Slots, IReadOnlyList<PlanUnit> Units, SamplingPlan Plan, PlanWaits? Waits = null);

/// <summary>What the office says beside the register.</summary>
internal sealed record PlanOptions
{
    /// <summary>Samplers at once in the whole round; null: as many as tables.</summary>
    public int? Samplers { get; init; }

    /// <summary>Clerks at once.</summary>
    public int? Clerks { get; init; }

    /// <summary>Lines "11:30-12:30 东一楼": when whom not to call; without a building nobody.</summary>
    public string? Breaks { get; init; }

    /// <summary>Buildings of middle risk, one a line or with blanks between.</summary>
    public string? Middle { get; init; }

    /// <summary>Buildings of high risk.</summary>
    public string? High { get; init; }

    /// <summary>Sites that closed during the round.</summary>
    public IReadOnlyList<ClosedSite> Closed { get; init; } = [];

    /// <summary>Tables that turned out slower.</summary>
    public IReadOnlyList<SlowTable> Slow { get; init; } = [];
}

internal sealed record ClosedSite(Guid SiteId, DateTimeOffset From);

internal sealed record SlowTable(Guid TableId, int Rate);

/// <summary>An entrance, or some floors of a building, called together.</summary>
/// <param name="Doors">Households in walking order; a person where there is no room.</param>
internal sealed record PlanUnit(Guid Id, Guid PlaceId, Guid BuildingId, string Building, string Name, RiskLevel Risk, IReadOnlyList<SamplingWindow> Forbidden, IReadOnlyList<Guid> Doors);
