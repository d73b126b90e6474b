using Tongxin.Platform;

namespace Tongxin.Access.Gates.Data;

/// <summary>Where a count of people inside comes from.</summary>
internal enum ZoneCountKind
{
    /// <summary>Somebody counted, or set it to zero at night.</summary>
    Corrected,

    /// <summary>What the passages said that are deleted now: carried over, so that deleting does not change who is inside.</summary>
    Carried,
}

/// <summary>So many were inside at that instant; what gates saw afterwards is added. Append-only.</summary>
internal sealed class ZoneCount
{
    private ZoneCount() { }

    public Guid Id { get; private set; }

    /// <summary>The place.</summary>
    public Guid ZoneId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public int People { get; private set; }
    public ZoneCountKind Kind { get; private set; }
    public Guid AccountId { get; private set; }
    public string? Why { get; private set; }

    public static ZoneCount Of(Guid zone, DateTimeOffset at, int people, ZoneCountKind kind, Guid account, string? why) =>
        new() { Id = Ids.New(), ZoneId = zone, At = at, People = people, Kind = kind, AccountId = account, Why = why };
}
