using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Data;

/// <summary>提交 > 受理 > 核查 > 维持 | 更正 > 复查 > 结束.</summary>
internal enum AppealState
{
    Submitted,
    Accepted,
    Checking,
    Upheld,
    Corrected,
    Review,
    Closed,
}

/// <summary>How an appeal came.</summary>
internal enum AppealWay
{
    /// <summary>The person, signed in.</summary>
    Own,

    /// <summary>Whoever holds the person's link.</summary>
    Link,

    /// <summary>A helper, for the person.</summary>
    Helper,
}

/// <summary>An objection to one measure. One is open at a time; the answer is due within a day of the last thing the person asked.</summary>
internal sealed class Appeal : IVersioned
{
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromHours(24);

    /// <summary>So long after the answer a second reviewer can be asked.</summary>
    public static readonly TimeSpan ReviewWithin = TimeSpan.FromDays(7);

    private Appeal() { }

    public Guid Id { get; private set; }
    public Guid MeasureId { get; private set; }
    public Guid PersonId { get; private set; }
    public byte[] TextSealed { get; private set; } = [];
    public AppealWay Way { get; private set; }
    public Guid? SubmittedBy { get; private set; }
    public DateTimeOffset SubmittedAt { get; private set; }
    public AppealState State { get; private set; }

    /// <summary>The next answer is owed by then.</summary>
    public DateTimeOffset DueAt { get; private set; }
    public Guid? HandledBy { get; private set; }
    public Guid? HandledByPerson { get; private set; }
    public Guid? HandledByUnit { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public byte[]? AnswerSealed { get; private set; }
    public bool? IsCorrected { get; private set; }
    public byte[]? ReviewTextSealed { get; private set; }
    public DateTimeOffset? ReviewAskedAt { get; private set; }
    public Guid? ReviewedBy { get; private set; }
    public byte[]? ReviewAnswerSealed { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public DateTimeOffset? LateToldAt { get; private set; }
    public int Version { get; private set; }

    /// <summary>An answer is owed.</summary>
    public bool IsWaiting => State is AppealState.Submitted or AppealState.Accepted or AppealState.Checking or AppealState.Review;

    public Party? Handler => HandledBy is { } by ? new Party(by, HandledByPerson, HandledByUnit) : null;

    public static Appeal Submit(Measure measure, byte[] text, AppealWay way, Guid? by, DateTimeOffset at) => new()
    {
        Id = Ids.New(),
        MeasureId = measure.Id,
        PersonId = measure.PersonId,
        TextSealed = text,
        Way = way,
        SubmittedBy = by,
        SubmittedAt = at,
        State = AppealState.Submitted,
        DueAt = at + AnswerWithin,
    };

    public bool MayAskReview(DateTimeOffset at) => State is AppealState.Upheld or AppealState.Corrected && at < AnsweredAt + ReviewWithin;

    public void Accept(Party by)
    {
        Expect(AppealState.Submitted);
        State = AppealState.Accepted;
        (HandledBy, HandledByPerson, HandledByUnit) = (by.Account, by.Person, by.Unit);
    }

    public void Check()
    {
        Expect(AppealState.Accepted);
        State = AppealState.Checking;
    }

    public void Answer(bool corrected, byte[] answer, Party by, DateTimeOffset at)
    {
        Expect(AppealState.Checking);
        State = corrected ? AppealState.Corrected : AppealState.Upheld;
        (IsCorrected, AnswerSealed, AnsweredAt) = (corrected, answer, at);
        (HandledBy, HandledByPerson, HandledByUnit) = (by.Account, by.Person, by.Unit);
    }

    public void AskReview(byte[] text, DateTimeOffset at)
    {
        if (!MayAskReview(at)) throw new InvalidOperationException($"The appeal is {State}.");
        (State, ReviewTextSealed, ReviewAskedAt, DueAt, LateToldAt) = (AppealState.Review, text, at, at + AnswerWithin, null);
    }

    public void CloseReviewed(bool corrected, byte[] answer, Party by, DateTimeOffset at)
    {
        Expect(AppealState.Review);
        (State, IsCorrected, ReviewAnswerSealed, ReviewedBy, ClosedAt) = (AppealState.Closed, corrected || IsCorrected == true, answer, by.Account, at);
    }

    /// <summary>Nobody asked for a second review in time.</summary>
    public void Close(DateTimeOffset at)
    {
        if (State is not (AppealState.Upheld or AppealState.Corrected)) throw new InvalidOperationException($"The appeal is {State}.");
        (State, ClosedAt) = (AppealState.Closed, at);
    }

    public void TellLate(DateTimeOffset at) => LateToldAt = at;

    public void Follow(Guid kept) => PersonId = kept;

    private void Expect(AppealState state)
    {
        if (State != state) throw new InvalidOperationException($"The appeal is {State}.");
    }
}

/// <summary>One step of an appeal: a fact.</summary>
internal sealed class AppealEvent
{
    private AppealEvent() { }

    public Guid Id { get; private set; }
    public Guid AppealId { get; private set; }
    public AppealState State { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid? ByAccount { get; private set; }
    public Guid? ByUnit { get; private set; }

    public static AppealEvent Of(Appeal appeal, DateTimeOffset at, Party? by) => new()
    {
        Id = Ids.New(),
        AppealId = appeal.Id,
        State = appeal.State,
        At = at,
        ByAccount = by?.Account,
        ByUnit = by?.Unit,
    };
}
