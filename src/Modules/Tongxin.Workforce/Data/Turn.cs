using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Data;

/// <summary>
/// One person on one duty in one version of a roster. The row of a turn that a later version keeps goes over to that version with
/// its state, so the id of a published turn is lasting.
/// </summary>
internal sealed class Turn : IVersioned
{
    private Turn() { }

    public Guid Id { get; private set; }
    public Guid RosterId { get; private set; }
    public Guid DutyId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Stays whatever a solve would like.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>备班: not counted as there, called when somebody is absent.</summary>
    public bool IsReserve { get; private set; }
    public TurnState State { get; private set; }
    public DateTimeOffset? StateAt { get; private set; }
    public int Version { get; private set; }

    public static Turn Draft(Guid roster, Guid duty, Guid person, bool locked = false, bool reserve = false) => new()
    {
        Id = Ids.New(),
        RosterId = roster,
        DutyId = duty,
        PersonId = person,
        IsLocked = locked,
        IsReserve = reserve,
    };

    /// <summary>What the next version begins with.</summary>
    public Turn For(Guid roster) => Draft(roster, DutyId, PersonId, IsLocked, IsReserve);

    /// <summary>What a replaced version keeps of a turn that went over to the next.</summary>
    public Turn CopyFor(Guid roster)
    {
        var copy = Draft(roster, DutyId, PersonId, IsLocked, IsReserve);
        (copy.State, copy.StateAt) = (State, StateAt);
        return copy;
    }

    public void GoTo(Guid roster, bool locked) => (RosterId, IsLocked) = (roster, locked);

    public void Lock(bool locked) => IsLocked = locked;

    /// <summary>A step of the state machine; others are refused.</summary>
    public Result Move(TurnState to, DateTimeOffset at)
    {
        if (!IsStep(State, to)) return RosterErrors.NoSuchStep;
        (State, StateAt) = (to, at);
        return Result.Ok;
    }

    public static bool IsStep(TurnState from, TurnState to) => (from, to) switch
    {
        (TurnState.Draft, TurnState.Published) => true,
        (TurnState.Published, TurnState.Confirmed or TurnState.OnPost or TurnState.Absent) => true,
        (TurnState.Confirmed, TurnState.OnPost or TurnState.Absent) => true,
        // Late, but there after all.
        (TurnState.Absent, TurnState.OnPost or TurnState.Covered) => true,
        (TurnState.OnPost, TurnState.HandingOver or TurnState.Done) => true,
        (TurnState.HandingOver, TurnState.Done) => true,
        _ => false,
    };

    public void Reassign(Guid person) => PersonId = person;
}

/// <summary>A skill that a person holds, until a day if it expires.</summary>
internal sealed class HeldSkill
{
    private HeldSkill() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public Skill Skill { get; private set; }

    /// <summary>The last day on which it counts; null: it does not expire.</summary>
    public DateOnly? ValidThrough { get; private set; }

    /// <summary>Number or name of the certificate.</summary>
    public string? Proof { get; private set; }

    public static HeldSkill Of(Guid person, Skill skill, DateOnly? validThrough, string? proof = null) =>
        new() { Id = Ids.New(), PersonId = person, Skill = skill, ValidThrough = validThrough, Proof = proof };

    public void Renew(DateOnly? validThrough, string? proof) => (ValidThrough, Proof) = (validThrough, proof);

    public void Reassign(Guid person) => PersonId = person;
}

/// <summary>Who said that somebody cannot come.</summary>
internal enum AbsenceSource
{
    /// <summary>The person.</summary>
    Own,

    /// <summary>The duty office.</summary>
    Office,

    /// <summary>Observation or symptoms; nothing more is told.</summary>
    Health,
}

/// <summary>A time at which no duty may touch a person.</summary>
internal sealed class Unavailability
{
    private Unavailability() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset To { get; private set; }
    public AbsenceSource Source { get; private set; }

    public static Unavailability Of(Guid person, DateTimeOffset from, DateTimeOffset to, AbsenceSource source) =>
        new() { Id = Ids.New(), PersonId = person, From = from, To = to, Source = source };

    public void Reassign(Guid person) => PersonId = person;
}

/// <summary>Two people agreed, with a reason, that somebody works more than the house rule allows on a day.</summary>
internal sealed class FatigueOverride
{
    private FatigueOverride() { }

    public Guid Id { get; private set; }
    public Guid SeriesId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateOnly Day { get; private set; }

    /// <summary>Up to how many minutes.</summary>
    public int Minutes { get; private set; }
    public Guid ApprovalId { get; private set; }
    public DateTimeOffset GrantedAt { get; private set; }

    public static FatigueOverride Grant(Guid series, Guid person, DateOnly day, int minutes, Guid approval, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        SeriesId = series,
        PersonId = person,
        Day = day,
        Minutes = minutes,
        ApprovalId = approval,
        GrantedAt = at,
    };

    public void Reassign(Guid person) => PersonId = person;
}
