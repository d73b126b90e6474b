using Tongxin.Core.Protocols;
using Tongxin.Core.Teams;

namespace Tongxin.Core.Sampling;

/// <summary>In which lane a person is sampled.</summary>
public enum SamplingLane
{
    /// <summary>Everybody else.</summary>
    Normal,

    /// <summary>绿色通道: aged, disabled, pregnant. At a site without a table of this lane they stand in front of the normal one.</summary>
    Green,

    /// <summary>Yellow code or symptoms: tables physically apart, never anywhere else.</summary>
    Apart,

    /// <summary>Sampled at home (上门): on a list, not in a slot.</summary>
    Home,
}

/// <summary>People by lane; each 0 or more.</summary>
public readonly record struct LaneCounts(int Normal, int Green = 0, int Apart = 0, int Home = 0)
{
    /// <summary>People of a lane.</summary>
    public int this[SamplingLane lane] => lane switch
    {
        SamplingLane.Normal => Normal,
        SamplingLane.Green => Green,
        SamplingLane.Apart => Apart,
        _ => Home,
    };

    /// <summary>All of them.</summary>
    public int Total => Normal + Green + Apart + Home;
}

/// <summary>A span of time, half-open.</summary>
public readonly record struct SamplingWindow(DateTimeOffset Starts, DateTimeOffset Ends);

/// <summary>An entrance or a floor block of a dormitory: what is called to a site together.</summary>
/// <param name="Id">The unit.</param>
/// <param name="BuildingId">Its building.</param>
/// <param name="Households">Households or rooms in walking order, each with its people by lane. One is never torn: its people of a lane have one slot.</param>
public sealed record SamplingUnit(Guid Id, Guid BuildingId, IReadOnlyList<LaneCounts> Households)
{
    /// <summary>Where it is. Null: no walking counted unless <see cref="WalkMetres"/> says it.</summary>
    public Position? At { get; init; }

    /// <summary>Metres on foot to sites, by site id; goes before the distance as the crow flies.</summary>
    public IReadOnlyDictionary<Guid, int>? WalkMetres { get; init; }

    /// <summary>Risk of the place. Levels never share a slot of a site.</summary>
    public RiskLevel Risk { get; init; } = RiskLevel.Low;

    /// <summary>When its people cannot come: meals, classes.</summary>
    public IReadOnlyList<SamplingWindow> Forbidden { get; init; } = [];
}

/// <summary>A table: one sampler and one clerk.</summary>
/// <param name="Id">The table.</param>
/// <param name="Lane">Whom it serves; not <see cref="SamplingLane.Home"/>.</param>
/// <param name="RatePerHour">People it samples in an hour, 1 to 600.</param>
public sealed record SamplingTable(Guid Id, SamplingLane Lane = SamplingLane.Normal, int RatePerHour = SamplingSize.RatePerHour);

/// <summary>A place with tables.</summary>
public sealed record SamplingSite(Guid Id, IReadOnlyList<SamplingTable> Tables)
{
    /// <summary>Where it is.</summary>
    public Position? At { get; init; }

    /// <summary>People who can wait there a metre apart. Default 200. A forecast above it is a warning of the plan.</summary>
    public int QueueRoom { get; init; } = SamplingSize.QueueRoom;

    /// <summary>Serves people of this level alone. Null: of every level, in slots of their own.</summary>
    public RiskLevel? Only { get; init; }

    /// <summary>When it is open; only slots that lie wholly inside count. Null: all the time. Empty: closed.</summary>
    public IReadOnlyList<SamplingWindow>? Open { get; init; }
}

/// <summary>How many can work at once in the whole round; null: as many as are needed.</summary>
public sealed record SamplingStaff(int? Samplers = null, int? Clerks = null)
{
    /// <summary>Tables that can be staffed at once.</summary>
    public int Tables => Math.Min(Samplers ?? int.MaxValue, Clerks ?? int.MaxValue);
}

/// <summary>When people come relative to their slot: shares of the forecast, the rest evenly within the slot.</summary>
/// <param name="Early">Evenly in the quarter of an hour before it.</param>
/// <param name="Late">Evenly in the quarter of an hour after it.</param>
public sealed record ArrivalPattern(double Early = 0.15, double Late = 0.05);

/// <summary>A round to be planned.</summary>
public sealed record SamplingRequest
{
    /// <summary>First instant of the first slot.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Length of a slot: a multiple of 15 up to 120.</summary>
    public int SlotMinutes { get; init; } = SamplingSize.SlotMinutes;

    /// <summary>Slots there may be, 1 to <see cref="MostSlots"/>. Nobody is placed after the last.</summary>
    public required int Slots { get; init; }

    /// <summary>Who is to be sampled.</summary>
    public required IReadOnlyList<SamplingUnit> Units { get; init; }

    /// <summary>Where.</summary>
    public required IReadOnlyList<SamplingSite> Sites { get; init; }

    /// <summary>By how many.</summary>
    public SamplingStaff Staff { get; init; } = new();

    /// <summary>How the queue forecast takes people to come.</summary>
    public ArrivalPattern Arrivals { get; init; } = new();

    /// <summary>People in a tube of the normal and green lanes in areas of low and middle risk. Elsewhere one, at home one tube a household.</summary>
    public int PeoplePerTube { get; init; } = 10;

    /// <summary>Longest time at a post before relief, in minutes. Default four hours: one set of protective equipment.</summary>
    public int ShiftMinutes { get; init; } = 240;

    /// <summary>Seed of the search: same request and seed, same plan.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Steps of repair for each length that is tried; the same plan on every machine.</summary>
    public int Steps { get; init; } = 4_000;

    /// <summary>Largest number of slots.</summary>
    public const int MostSlots = 192;

    /// <summary>Largest number of units.</summary>
    public const int MostUnits = 20_000;

    /// <summary>Largest number of sites.</summary>
    public const int MostSites = 400;

    /// <summary>First instant of a slot.</summary>
    public DateTimeOffset SlotStart(int slot) => Start.AddMinutes((double)slot * SlotMinutes);
}
