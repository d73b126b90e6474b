using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Screening.Laboratory.Data;

/// <summary>Where somebody stands whose tube was not negative. Follows the tubes; nobody sets it.</summary>
internal enum RecheckState
{
    /// <summary>待复核: to be sampled alone. Neither positive nor negative, however long it takes.</summary>
    Open,

    /// <summary>Negative alone: free. A doctor still says within a day whether the person is a contact.</summary>
    Freed,

    /// <summary>Positive in a tube of one's own. A doctor reads it.</summary>
    Positive,

    /// <summary>The laboratory corrected what asked for it.</summary>
    Ended,
}

/// <summary>What a doctor found.</summary>
internal enum RecheckJudgement
{
    /// <summary>Freed, and no contact of a case.</summary>
    NoContact,

    /// <summary>Freed, and a contact: an evidence for the doctor who asks for a measure.</summary>
    Contact,

    /// <summary>Positive, and so a case: an evidence for the doctor who asks for a measure.</summary>
    Confirmed,

    /// <summary>Positive, and doubted: sampled once more.</summary>
    Doubted,
}

/// <summary>How somebody was tried to be reached.</summary>
internal enum RecheckWay
{
    /// <summary>电话.</summary>
    Call,

    /// <summary>上门.</summary>
    Visit,
}

/// <summary>Somebody to be sampled alone because of a tube, or positive alone: one for a person and round, with the clock that runs.</summary>
internal sealed class RecheckTask : IVersioned
{
    private RecheckTask() { }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>The entry that the tubes name, when it turned out to be <see cref="PersonId"/>.</summary>
    public Guid? NamedId { get; private set; }

    /// <summary>The tube that asked, or in which the person was positive alone.</summary>
    public string TubeCode { get; private set; } = "";

    /// <summary>Place in that tube from 1; 0: only said to be in it.</summary>
    public int Place { get; private set; }
    public bool IsInTwoTubes { get; private set; }
    public RecheckState State { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset StateAt { get; private set; }

    /// <summary>The tube by which the state is what it is.</summary>
    public string? DecidedBy { get; private set; }

    /// <summary>The instant by which what the state asks for is done; null: it asks for nothing.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>When the clock had rung: once for each due instant.</summary>
    public DateTimeOffset? RangAt { get; private set; }
    public int FailedCalls { get; private set; }
    public int FailedVisits { get; private set; }
    public DateTimeOffset? TriedAt { get; private set; }
    public bool? WasReached { get; private set; }

    /// <summary>Since when somebody higher is asked: not reached, or late.</summary>
    public DateTimeOffset? EscalatedAt { get; private set; }
    public RecheckJudgement? Judgement { get; private set; }
    public Guid? JudgedBy { get; private set; }
    public DateTimeOffset? JudgedAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>Something is asked of somebody.</summary>
    public bool IsWaiting => DueAt is not null;

    public static RecheckTask Open(Guid round, Guid person, string tube, int place, bool isInTwoTubes, DateTimeOffset at, DateTimeOffset due) => new()
    {
        Id = Ids.New(),
        RoundId = round,
        PersonId = person,
        TubeCode = tube,
        Place = place,
        IsInTwoTubes = isInTwoTubes,
        OpenedAt = at,
        StateAt = at,
        DueAt = due,
    };

    /// <summary>Follows the tubes. What a doctor said of another state is over; the step stays on record.</summary>
    public void Move(RecheckState state, string? tube, DateTimeOffset at, DateTimeOffset? due)
    {
        if (State == state && DecidedBy == tube) return;
        (State, DecidedBy, StateAt, DueAt, RangAt, EscalatedAt) = (state, tube, at, due, null, null);
        (Judgement, JudgedBy, JudgedAt) = (null, null, null);
        if (state == RecheckState.Open) (FailedCalls, FailedVisits, WasReached) = (0, 0, null);
    }

    /// <summary>Asked for again, by this tube.</summary>
    public void Ask(string tube, int place, bool isInTwoTubes) => (TubeCode, Place, IsInTwoTubes) = (tube, place, isInTwoTubes);

    /// <summary>True: nobody answered the telephone nor the door, and nobody higher knows it yet.</summary>
    public bool Try(RecheckWay way, bool reached, DateTimeOffset at)
    {
        (TriedAt, WasReached) = (at, reached);
        if (reached) return false;
        if (way == RecheckWay.Call) FailedCalls++;
        else FailedVisits++;
        if (State != RecheckState.Open || EscalatedAt is not null || FailedCalls == 0 || FailedVisits == 0) return false;
        EscalatedAt = at;
        return true;
    }

    /// <summary>The clock: rings once for a due instant, whenever it is noticed.</summary>
    public bool Ring(DateTimeOffset now)
    {
        if (DueAt is not { } due || due > now || RangAt is not null) return false;
        RangAt = now;
        EscalatedAt ??= now;
        return true;
    }

    /// <param name="again">A doubted positive is sampled once more, until then.</param>
    public Result Judge(RecheckJudgement judgement, Guid by, DateTimeOffset at, DateTimeOffset again)
    {
        var fits = State switch
        {
            RecheckState.Freed => judgement is RecheckJudgement.NoContact or RecheckJudgement.Contact,
            RecheckState.Positive => judgement is RecheckJudgement.Confirmed or RecheckJudgement.Doubted,
            _ => false,
        };
        if (!fits) return LaboratoryErrors.NotToJudge;
        (Judgement, JudgedBy, JudgedAt) = (judgement, by, at);
        (DueAt, RangAt, EscalatedAt) = (judgement == RecheckJudgement.Doubted ? again : null, null, null);
        return Result.Ok;
    }

    /// <summary>Two entries turned out to be one person.</summary>
    public void Follow(Guid kept) => (NamedId, PersonId) = (NamedId ?? PersonId, kept);
}
