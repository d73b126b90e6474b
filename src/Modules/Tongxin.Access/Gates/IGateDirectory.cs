using Tongxin.Access.Gates.Data;
using Tongxin.Platform.Access;

namespace Tongxin.Access.Gates;

/// <summary>A gate as the other parts of the module see it.</summary>
/// <param name="Place">Name of the place where it stands.</param>
/// <param name="ZoneId">The place it leads into.</param>
/// <param name="PassBackMinutes">Within so many minutes a second entry counts as one too many.</param>
internal sealed record GateEntry(
    Guid Id, Guid PlaceId, string Place, string Name, GateKind Kind, GateState State, IReadOnlyList<Lane> Lanes, Guid? ZoneId, PassBackMode PassBack, int PassBackMinutes)
{
    /// <summary>How many may come in within 30 minutes.</summary>
    public int ArrivalsPerHalfHour => Lanes.Where(l => l.Direction != LaneDirection.Out).Sum(l => l.PerHalfHour);
}

/// <summary>Which gates there are, for scans, packs and arrival slots.</summary>
internal interface IGateDirectory
{
    /// <summary>
    /// The gates at which the actor may stand now: those in the places of the own grants, and for whoever is on duty those that the
    /// duty's post guards. By name.
    /// </summary>
    Task<IReadOnlyList<GateEntry>> ListAsync(Actor actor, CancellationToken ct);

    /// <summary>As <see cref="ListAsync"/>, ids alone.</summary>
    Task<IReadOnlySet<Guid>> ScopeAsync(Actor actor, CancellationToken ct);

    /// <summary>All gates that are not closed, in the place and below it; everywhere for null. Asks nobody's permission.</summary>
    Task<IReadOnlyList<GateEntry>> AtAsync(Guid? placeId, CancellationToken ct);
}
