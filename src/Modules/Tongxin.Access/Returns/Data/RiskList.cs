using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns.Data;

/// <summary>A published list of risk areas: brought in whole, looked at, put in force; the ones before it stay.</summary>
internal sealed class RiskList : IVersioned
{
    private RiskList() { }

    public Guid Id { get; private set; }

    /// <summary>1, 2, 3 …</summary>
    public int Number { get; private set; }

    /// <summary>The day whose areas it tells.</summary>
    public DateOnly AsOf { get; private set; }
    public string FileName { get; private set; } = "";
    public string Source { get; private set; } = "";
    public int Areas { get; private set; }
    public DateTimeOffset ImportedAt { get; private set; }
    public Guid ImportedBy { get; private set; }
    public DateTimeOffset? InForceAt { get; private set; }
    public DateTimeOffset? DiscardedAt { get; private set; }
    public int Version { get; private set; }

    public bool IsDraft => InForceAt is null && DiscardedAt is null;

    public static RiskList Import(int number, DateOnly asOf, string fileName, string source, int areas, Guid by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        Number = number,
        AsOf = asOf,
        FileName = fileName,
        Source = source,
        Areas = areas,
        ImportedAt = at,
        ImportedBy = by,
    };

    public void PutInForce(DateTimeOffset at) => InForceAt ??= at;

    public void Discard(DateTimeOffset at) => DiscardedAt ??= at;
}

/// <summary>A line of a list.</summary>
internal sealed class RiskListArea
{
    private RiskListArea() { }

    public Guid Id { get; private set; }
    public Guid ListId { get; private set; }
    public int RowNumber { get; private set; }
    public string? Code { get; private set; }
    public string Name { get; private set; } = "";
    public RiskLevel Level { get; private set; }
    public DateOnly FromDay { get; private set; }
    public DateOnly? UntilDay { get; private set; }

    public RiskArea Area => new(new Region(Code, Name), Level, FromDay, UntilDay);

    public static RiskListArea Of(Guid list, int row, RiskArea area) => new()
    {
        Id = Ids.New(),
        ListId = list,
        RowNumber = row,
        Code = area.Place.Code,
        Name = area.Place.Name,
        Level = area.Level,
        FromDay = area.From,
        UntilDay = area.Until,
    };
}
