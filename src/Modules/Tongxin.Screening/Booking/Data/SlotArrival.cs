using Tongxin.Core.Rounds;

namespace Tongxin.Screening.Booking.Data;

/// <summary>到场: somebody came to the slot. Said by the sample, whose tube names device and person, or by whoever keeps order on site.</summary>
internal sealed class SlotArrival
{
    private SlotArrival() { }

    public Guid SlotId { get; private set; }
    public Guid PersonId { get; private set; }
    public Guid RoundId { get; private set; }

    /// <summary>When the sample was taken, or the button was pressed.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Who pressed; null: the tube says it.</summary>
    public Guid? AccountId { get; private set; }
    public string? TubeCode { get; private set; }

    public static SlotArrival ByTube(Guid round, Guid slot, Guid person, string? tube, DateTimeOffset at) => new() { RoundId = round, SlotId = slot, PersonId = person, TubeCode = tube, At = at };

    public static SlotArrival ByHand(Guid round, Guid slot, Guid person, Guid account, DateTimeOffset at) => new() { RoundId = round, SlotId = slot, PersonId = person, AccountId = account, At = at };

    /// <summary>The same, under the entry that is kept.</summary>
    public SlotArrival As(Guid kept) => new() { RoundId = RoundId, SlotId = SlotId, PersonId = kept, AccountId = AccountId, TubeCode = TubeCode, At = At };
}

/// <summary>Where a booking stands: 待约 > 已约 > 到场 > 已采 | 缺席 > 补采 | 免检.</summary>
internal enum BookingState
{
    /// <summary>待约.</summary>
    Wanted,

    /// <summary>已约.</summary>
    Booked,

    /// <summary>到场.</summary>
    Arrived,

    /// <summary>已采.</summary>
    Sampled,

    /// <summary>缺席.</summary>
    Absent,

    /// <summary>补采: came when the slot was over, and was sampled.</summary>
    MadeUp,

    /// <summary>免检.</summary>
    Excused,
}

/// <summary>
/// The state follows from what is recorded: the slot held, who came, and what the round knows of the person. 缺席 is written nowhere, so whoever comes
/// later, or whose sample arrives from a phone that had no network, was never absent by mistake.
/// </summary>
internal static class BookingStates
{
    /// <param name="status">As the round has the person.</param>
    /// <param name="until">End of the slot held; null: none.</param>
    /// <param name="arrivedAt">When the person came to that slot.</param>
    /// <param name="now">The moment it is asked for.</param>
    public static BookingState Of(TargetStatus status, DateTimeOffset? until, DateTimeOffset? arrivedAt, DateTimeOffset now) => status switch
    {
        TargetStatus.Done => arrivedAt > until ? BookingState.MadeUp : BookingState.Sampled,
        TargetStatus.Excused => BookingState.Excused,
        _ when until is null => BookingState.Wanted,
        _ when arrivedAt is not null => BookingState.Arrived,
        _ => until <= now ? BookingState.Absent : BookingState.Booked,
    };
}
