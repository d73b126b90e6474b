using Tongxin.Core.Protocols;
using Tongxin.Core.Teams;

namespace Tongxin.Core.Sampling;

/// <summary>People of a unit in a slot of a site.</summary>
/// <param name="UnitId">The unit.</param>
/// <param name="Lane">As what they come.</param>
/// <param name="SiteId">Where to.</param>
/// <param name="Slot">When: index from the start.</param>
/// <param name="First">Index of the first household called; households in between without people of the lane are not meant.</param>
/// <param name="Last">Index of the last household called.</param>
/// <param name="People">How many.</param>
public sealed record UnitSlot(Guid UnitId, SamplingLane Lane, Guid SiteId, int Slot, int First, int Last, int People);

/// <summary>What tables of a lane do in a slot; only slots with people are listed.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="Lane">Of the tables. Green people at a site without a green table are counted in the normal lane.</param>
/// <param name="Slot">Index from the start.</param>
/// <param name="Risk">The one level of everybody who comes.</param>
/// <param name="People">Booked.</param>
/// <param name="Capacity">Places.</param>
/// <param name="Tables">Staffed; the fastest of the lane when not all are.</param>
public sealed record SlotLoad(Guid SiteId, SamplingLane Lane, int Slot, RiskLevel Risk, int People, int Capacity, int Tables);

/// <summary>The longest queue of a site in a quarter of an hour, all lanes together, rounded up.</summary>
/// <param name="Quarter">Index of the quarter from the start; -1 is the one before, when early people come.</param>
public sealed record QueueQuarter(Guid SiteId, int Quarter, int Waiting);

/// <summary>A post at a site.</summary>
public enum SamplingPost
{
    /// <summary>点长: one a site.</summary>
    SiteLead,

    /// <summary>采样员: one a table.</summary>
    Sampler,

    /// <summary>录入员: one a table.</summary>
    Clerk,

    /// <summary>秩序维护: two a site, and one more for every 50 who wait.</summary>
    Order,

    /// <summary>引导: one a lane and one at the way out.</summary>
    Guide,

    /// <summary>打包: one for every four tables.</summary>
    Packer,

    /// <summary>备班: one for every ten samplers and clerks.</summary>
    Reserve,
}

/// <summary>People needed at a post of a site in a shift: what a roster takes as a duty.</summary>
public sealed record PostNeed(Guid SiteId, SamplingPost Post, DateTimeOffset Starts, DateTimeOffset Ends, int Needed);

/// <summary>What must be there. Each figure says what it assumes.</summary>
/// <param name="Tubes">By people in a tube: people over k for each site, lane and slot; one begun a table and shift; 5 % more.</param>
/// <param name="Swabs">One a person and 5 % more.</param>
/// <param name="ProtectiveSets">One for each person at a post and shift, and one a home visit.</param>
/// <param name="Labels">Two a tube.</param>
/// <param name="Boxes">One for 50 tubes, at least one a site.</param>
public sealed record SamplingSupplies(IReadOnlyDictionary<int, int> Tubes, int Swabs, int ProtectiveSets, int Labels, int Boxes);

/// <summary>A unit where people are sampled at home, in the order of the request; stops of a building follow each other.</summary>
public sealed record HomeStop(Guid BuildingId, Guid UnitId, int Households, int People);

/// <summary>People who have no slot, and what would help.</summary>
/// <param name="Why">
/// sampling.unplaced.no_lane (lane) | household_too_large (people, largest slot) | no_run (people, longest run) | no_room (minutes of the horizon) | all_closed.
/// </param>
/// <param name="Remedy">sampling.remedy.add_table (lane) | divide_unit | extend (slots) | open_site | free_window.</param>
public sealed record UnplacedUnit(Guid UnitId, SamplingLane Lane, int People, Because Why, Because Remedy);

/// <summary>No plan ends earlier than this, and the argument for it.</summary>
/// <param name="Minutes">From the start.</param>
/// <param name="Argument">
/// sampling.bound.capacity (people, lane or all) | windows (people) | staff (people, tables) | risk (levels) | unit (unit id, people).
/// </param>
public sealed record BoundPart(int Minutes, Because Argument);

/// <summary>How good a plan is, in the order of what counts.</summary>
/// <param name="FinishMinutes">When the last person is served at the planned rate, from the start.</param>
/// <param name="LongestQueue">Of all sites and quarters of an hour.</param>
/// <param name="WalkMetres">One way, everybody together.</param>
/// <param name="BoundMinutes">The largest of the bounds.</param>
public sealed record SamplingScore(int FinishMinutes, int LongestQueue, long WalkMetres, int BoundMinutes)
{
    /// <summary>Finish over bound; 1 is proven best.</summary>
    public double Ratio => BoundMinutes == 0 ? 1 : (double)FinishMinutes / BoundMinutes;
}

/// <summary>What a change moved.</summary>
/// <param name="Moved">Units of which somebody still to come has another site or slot, or none.</param>
/// <param name="MustMove">At least so many have to, whoever plans.</param>
/// <param name="Units">Units with somebody still to come.</param>
public sealed record SamplingMoves(int Moved, int MustMove, int Units)
{
    /// <summary>Share of the units that was moved beyond those that must.</summary>
    public double Excess => Units == 0 ? 0 : (double)(Moved - MustMove) / Units;
}

/// <summary>A planned round.</summary>
public sealed record SamplingPlan
{
    /// <summary>Who comes where and when: by unit as in the request, then lane, then slot.</summary>
    public required IReadOnlyList<UnitSlot> Slots { get; init; }

    /// <summary>What sites do: by site, slot, lane.</summary>
    public required IReadOnlyList<SlotLoad> Loads { get; init; }

    /// <summary>Forecast: by site and quarter; quarters in which nobody waits are left out.</summary>
    public required IReadOnlyList<QueueQuarter> Queues { get; init; }

    /// <summary>By site, shift and post.</summary>
    public required IReadOnlyList<PostNeed> Staff { get; init; }

    /// <summary>What must be there.</summary>
    public required SamplingSupplies Supplies { get; init; }

    /// <summary>Who is visited.</summary>
    public required IReadOnlyList<HomeStop> HomeVisits { get; init; }

    /// <summary>Who has no slot.</summary>
    public required IReadOnlyList<UnplacedUnit> Unplaced { get; init; }

    /// <summary>All bounds on the finish, the one that binds first.</summary>
    public required IReadOnlyList<BoundPart> Bounds { get; init; }

    /// <summary>How good it is.</summary>
    public required SamplingScore Score { get; init; }

    /// <summary>Sites whose forecast passes their room.</summary>
    public required IReadOnlyList<Guid> Crowded { get; init; }

    /// <summary>What a change moved; null for a first plan.</summary>
    public SamplingMoves? Moves { get; init; }
}
