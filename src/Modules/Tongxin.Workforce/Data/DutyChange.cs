using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Workforce.Data;

/// <summary>Where a swap is.</summary>
internal enum SwapState
{
    /// <summary>Offered to whoever could legally take it.</summary>
    Open,

    /// <summary>Somebody took it; the roster's owner decides.</summary>
    Taken,

    /// <summary>Both turns have changed hands.</summary>
    Done,

    /// <summary>The roster's owner said no.</summary>
    Refused,

    /// <summary>Taken back by whoever offered it.</summary>
    Withdrawn,
}

/// <summary>换班: a turn is offered for one of another person's turns. The first to take it has it; one open swap a turn is a rule of the database.</summary>
internal sealed class Swap : IVersioned
{
    private Swap() { }

    public Guid Id { get; private set; }
    public Guid RosterId { get; private set; }
    public Guid TurnId { get; private set; }
    public Guid PersonId { get; private set; }
    public string? Note { get; private set; }
    public SwapState State { get; private set; }
    public DateTimeOffset OfferedAt { get; private set; }

    /// <summary>The turn given in exchange, once somebody took the offer.</summary>
    public Guid? OtherTurnId { get; private set; }
    public Guid? OtherPersonId { get; private set; }
    public DateTimeOffset? TakenAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public string? Why { get; private set; }
    public int Version { get; private set; }

    public static Swap Offer(Turn turn, string? note, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        RosterId = turn.RosterId,
        TurnId = turn.Id,
        PersonId = turn.PersonId,
        Note = note,
        OfferedAt = at,
    };

    public Result Take(Turn other, DateTimeOffset at)
    {
        if (State != SwapState.Open) return DutyErrors.SwapGone;
        (State, OtherTurnId, OtherPersonId, TakenAt) = (SwapState.Taken, other.Id, other.PersonId, at);
        return Result.Ok;
    }

    public Result Finish(Guid? by, DateTimeOffset at) => End(SwapState.Taken, SwapState.Done, by, null, at);

    public Result Refuse(Guid by, string why, DateTimeOffset at) => End(SwapState.Taken, SwapState.Refused, by, why, at);

    public Result Withdraw(DateTimeOffset at) =>
        State is SwapState.Open or SwapState.Taken ? End(State, SwapState.Withdrawn, null, null, at) : DutyErrors.SwapGone;

    private Result End(SwapState from, SwapState to, Guid? by, string? why, DateTimeOffset at)
    {
        if (State != from) return DutyErrors.SwapGone;
        (State, DecidedBy, Why, EndedAt) = (to, by, why, at);
        return Result.Ok;
    }
}

/// <summary>Where a search for a substitute is.</summary>
internal enum SearchState
{
    /// <summary>Somebody is being asked.</summary>
    Open,

    /// <summary>Somebody took the turn.</summary>
    Found,

    /// <summary>Nobody is left who could be asked.</summary>
    NobodyLeft,

    /// <summary>Not needed any more.</summary>
    Withdrawn,
}

/// <summary>找替班: somebody cannot come; those who legally could are asked one after the other, the least recently asked first.</summary>
internal sealed class SubstituteSearch : IVersioned
{
    private SubstituteSearch() { }

    public Guid Id { get; private set; }
    public Guid RosterId { get; private set; }
    public Guid TurnId { get; private set; }

    /// <summary>Who cannot come.</summary>
    public Guid PersonId { get; private set; }
    public string Why { get; private set; } = "";
    public SearchState State { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public Guid OpenedBy { get; private set; }
    public Guid? FoundId { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public int Version { get; private set; }

    public static SubstituteSearch Open(Turn turn, string why, Guid by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        RosterId = turn.RosterId,
        TurnId = turn.Id,
        PersonId = turn.PersonId,
        Why = why,
        OpenedAt = at,
        OpenedBy = by,
    };

    /// <summary>Somebody was asked: two who ask the next at once are one.</summary>
    public void Asked(DateTimeOffset at) => (LastAskedAt, AskedCount) = (at, AskedCount + 1);

    public DateTimeOffset? LastAskedAt { get; private set; }
    public int AskedCount { get; private set; }

    public void Find(Guid person, DateTimeOffset at) => (State, FoundId, EndedAt) = (SearchState.Found, person, at);

    public void GiveUp(DateTimeOffset at) => (State, EndedAt) = (SearchState.NobodyLeft, at);

    public void Withdraw(DateTimeOffset at) => (State, EndedAt) = (SearchState.Withdrawn, at);
}

/// <summary>What became of a question to somebody.</summary>
internal enum AskState
{
    /// <summary>Waits for the answer.</summary>
    Waiting,
    Accepted,
    Declined,

    /// <summary>No answer in time.</summary>
    Expired,

    /// <summary>Not needed any more.</summary>
    Closed,
}

/// <summary>Somebody was asked to stand in, at an instant, until another. Kept: who was asked and when decides who is asked next time.</summary>
internal sealed class SubstituteAsk : IVersioned
{
    private SubstituteAsk() { }

    public Guid Id { get; private set; }
    public Guid SearchId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public AskState State { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public int Version { get; private set; }

    public static SubstituteAsk Of(Guid search, Guid person, DateTimeOffset at, DateTimeOffset expires) =>
        new() { Id = Ids.New(), SearchId = search, PersonId = person, AskedAt = at, ExpiresAt = expires };

    public bool IsOpenAt(DateTimeOffset now) => State == AskState.Waiting && now < ExpiresAt;

    public void Answer(AskState state, DateTimeOffset at) => (State, AnsweredAt) = (state, at);
}
