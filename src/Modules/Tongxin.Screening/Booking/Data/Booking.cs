using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Screening.Booking.Data;

/// <summary>How somebody came to a slot, or lost it.</summary>
internal enum BookingStep
{
    /// <summary>The plan called the person's entrance.</summary>
    Called,

    /// <summary>Chosen by the person, or by somebody of the household.</summary>
    Chosen,

    /// <summary>A place became free for who waited.</summary>
    Promoted,

    /// <summary>Given by captain or office.</summary>
    Placed,

    /// <summary>Given back by the person.</summary>
    Cancelled,

    /// <summary>Taken back by captain or office.</summary>
    Released,

    /// <summary>The slot is no more: the plan changed.</summary>
    Withdrawn,

    /// <summary>Waits for a full slot.</summary>
    Waits,

    /// <summary>Waits no longer.</summary>
    WaitsNoMore,

    /// <summary>Came, says whoever keeps order on site. What a tube says stands with the tube.</summary>
    Arrived,

    /// <summary>That was a mistake.</summary>
    NotArrived,
}

/// <summary>The slot of a person in a round: one row, so that there is never a second slot. Null: none now (待约).</summary>
internal sealed class SlotBooking : IVersioned
{
    private SlotBooking() { }

    public Guid RoundId { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid? SlotId { get; private set; }

    /// <summary>The full slot this person would rather have.</summary>
    public Guid? WaitsFor { get; private set; }
    public DateTimeOffset? WaitsSince { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public int Version { get; private set; }

    public static SlotBooking Of(Guid round, Guid person, Guid? slot, DateTimeOffset at) => new() { RoundId = round, PersonId = person, SlotId = slot, ChangedAt = at };

    public void Take(Guid slot, DateTimeOffset at)
    {
        (SlotId, ChangedAt) = (slot, at);
        if (WaitsFor == slot) StopWaiting();
    }

    public void GiveBack(DateTimeOffset at) => (SlotId, ChangedAt) = (null, at);

    public void Wait(Guid slot, DateTimeOffset at) => (WaitsFor, WaitsSince) = (slot, at);

    public void StopWaiting() => (WaitsFor, WaitsSince) = (null, null);
}

/// <summary>A step of a booking: who did what to whom. Append-only; also what one account may do in an hour is counted from it.</summary>
internal sealed class BookingMove
{
    private BookingMove() { }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid? SlotId { get; private set; }
    public BookingStep Step { get; private set; }
    public Guid AccountId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string? Why { get; private set; }

    public static BookingMove Of(Guid round, Guid person, Guid? slot, BookingStep step, Guid account, DateTimeOffset at, string? why = null) =>
        new() { Id = Ids.New(), RoundId = round, PersonId = person, SlotId = slot, Step = step, AccountId = account, At = at, Why = why };
}

/// <summary>What a person is told on the own page, until it is read. Says no result: the page does, to whoever may open it.</summary>
internal sealed class TestingNote
{
    private TestingNote() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid RoundId { get; private set; }

    /// <summary>Key of the text.</summary>
    public string What { get; private set; } = "";

    /// <summary>Fills its place.</summary>
    public string? Arg { get; private set; }

    /// <summary>Against telling twice.</summary>
    public string Key { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? ReadAt { get; private set; }

    public static TestingNote To(Guid person, Guid round, string what, string? arg, string key, DateTimeOffset at) =>
        new() { Id = Ids.New(), PersonId = person, RoundId = round, What = what, Arg = arg, Key = key, At = at };

    public void Read(DateTimeOffset at) => ReadAt ??= at;

    public void Follow(Guid kept) => PersonId = kept;
}
