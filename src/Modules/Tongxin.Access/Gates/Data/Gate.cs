using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Data;

/// <summary>What kind of door it is.</summary>
internal enum GateKind
{
    /// <summary>大门.</summary>
    Main,

    /// <summary>小门: without guard or seal it is an alarm.</summary>
    Small,

    /// <summary>车行门.</summary>
    Vehicle,

    /// <summary>楼门.</summary>
    Building,
}

/// <summary>How a gate is kept.</summary>
internal enum GateState
{
    /// <summary>值守: somebody stands there while it is open.</summary>
    Guarded,

    /// <summary>封闭: nobody passes but in an emergency.</summary>
    Sealed,

    /// <summary>敞开: no guard is required.</summary>
    Open,
}

/// <summary>Which way a lane leads.</summary>
internal enum LaneDirection
{
    Both,
    In,
    Out,
}

/// <summary>What a second entry without an exit between leads to.</summary>
internal enum PassBackMode
{
    /// <summary>Nobody looks.</summary>
    Off,

    /// <summary>The guard is warned and decides.</summary>
    Warn,

    /// <summary>Refused at the gate; an emergency never is.</summary>
    Enforce,
}

/// <summary>One file of people or cars.</summary>
/// <param name="PerHalfHour">How many pass it in 30 minutes.</param>
internal sealed record Lane(string Name, int PerHalfHour, LaneDirection Direction)
{
    public const int MostPerHalfHour = 2000;
}

/// <summary>Opening time of a weekday, in minutes after midnight; an end at or before the start is on the next day.</summary>
internal sealed record DayHours(int From, int To)
{
    public const int Day = 1440;

    public static readonly DayHours Whole = new(0, Day);

    public bool RunsOver => To <= From;
}

/// <summary>What the office says about a gate.</summary>
internal sealed record GateFacts
{
    public string Name { get; init; } = "";
    public GateKind Kind { get; init; }

    /// <summary>Where it stands: decides who reaches it.</summary>
    public Guid PlaceId { get; init; }

    /// <summary>The place it leads into, whose occupancy it counts; null: it counts for none.</summary>
    public Guid? ZoneId { get; init; }

    /// <summary>The post whose turns guard it; null: every post at the same place does.</summary>
    public Guid? PostId { get; init; }
    public IReadOnlyList<Lane> Lanes { get; init; } = [];

    /// <summary>Seven days from Monday; null is closed.</summary>
    public IReadOnlyList<DayHours?> Hours { get; init; } = [.. Enumerable.Repeat(DayHours.Whole, 7)];
    public PassBackMode PassBack { get; init; } = PassBackMode.Warn;

    /// <summary>Within so many minutes a second entry counts as one too many.</summary>
    public int PassBackMinutes { get; init; } = 30;
}

/// <summary>A gate with its lanes, its hours, and how it is kept now.</summary>
internal sealed class Gate : IVersioned
{
    private Gate() { }

    public Guid Id { get; private set; }
    public Guid PlaceId { get; private set; }
    public Guid? ZoneId { get; private set; }
    public Guid? PostId { get; private set; }
    public string Name { get; private set; } = "";
    public GateKind Kind { get; private set; }

    /// <summary>The two lists as JSON.</summary>
    public string LanesText { get; private set; } = "[]";
    public string HoursText { get; private set; } = "[]";
    public GateState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    public PassBackMode PassBack { get; private set; }
    public int PassBackMinutes { get; private set; }

    /// <summary>No longer a gate; its passages keep its name.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }
    public int Version { get; private set; }

    public IReadOnlyList<Lane> Lanes => GateJson.Read<List<Lane>>(LanesText);

    public IReadOnlyList<DayHours?> Hours => GateJson.Read<List<DayHours?>>(HoursText);

    public static Gate Create(GateFacts facts, GateState state, DateTimeOffset at)
    {
        var gate = new Gate { Id = Ids.New(), State = state, StateSince = at };
        gate.Change(facts);
        return gate;
    }

    public void Change(GateFacts facts)
    {
        (Name, Kind, PlaceId, ZoneId, PostId) = (facts.Name, facts.Kind, facts.PlaceId, facts.ZoneId, facts.PostId);
        (PassBack, PassBackMinutes) = (facts.PassBack, facts.PassBackMinutes);
        LanesText = GateJson.Write(facts.Lanes);
        HoursText = GateJson.Write(facts.Hours);
    }

    public void Keep(GateState state, DateTimeOffset at) => (State, StateSince) = (state, at);

    public void Close(DateTimeOffset at) => ClosedAt ??= at;

    public GateFacts Facts => new()
    {
        Name = Name,
        Kind = Kind,
        PlaceId = PlaceId,
        ZoneId = ZoneId,
        PostId = PostId,
        Lanes = Lanes,
        Hours = Hours,
        PassBack = PassBack,
        PassBackMinutes = PassBackMinutes,
    };

    /// <summary>Whether its hours say that it is open then; a sealed gate is never.</summary>
    public bool IsOpenAt(DateTimeOffset at)
    {
        if (State == GateState.Sealed) return false;
        var local = CampusCalendar.Local(at);
        var (hours, day, minute) = (Hours, ((int)local.DayOfWeek + 6) % 7, (int)local.TimeOfDay.TotalMinutes);
        if (hours.Count != 7) return true;
        if (hours[day] is { } own && minute >= own.From && (own.RunsOver || minute < own.To)) return true;
        return hours[(day + 6) % 7] is { RunsOver: true } before && minute < before.To;
    }

    /// <summary>How many pass in that direction within 30 minutes, by its lanes.</summary>
    public int Throughput(LaneDirection direction) => Lanes.Where(l => l.Direction == LaneDirection.Both || l.Direction == direction).Sum(l => l.PerHalfHour);
}

/// <summary>A change of how a gate is kept: who, when, why. Append-only.</summary>
internal sealed class GateStateFact
{
    private GateStateFact() { }

    public Guid Id { get; private set; }
    public Guid GateId { get; private set; }
    public GateState State { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid AccountId { get; private set; }
    public string Why { get; private set; } = "";

    public static GateStateFact Of(Guid gate, GateState state, string why, Guid account, DateTimeOffset at) =>
        new() { Id = Ids.New(), GateId = gate, State = state, Why = why, AccountId = account, At = at };
}
