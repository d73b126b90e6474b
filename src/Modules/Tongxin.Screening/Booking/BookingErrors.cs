using Tongxin.Core.Common;

namespace Tongxin.Screening.Booking;

/// <summary>Refusals about slots; the code is the key of the text in BookingText.</summary>
internal static class BookingErrors
{
    public static readonly Error NotFound = Error.NotFound("booking.not-found");
    public static readonly Error SlotNotFound = Error.NotFound("booking.slot-not-found");
    public static readonly Error Closed = Error.Conflict("booking.closed");
    public static readonly Error Sampled = Error.Conflict("booking.sampled");
    public static readonly Error AtHome = Error.Conflict("booking.at-home");
    public static readonly Error SlotOver = Error.Conflict("booking.slot-over");
    public static readonly Error SlotFull = Error.Conflict("booking.slot-full");
    public static readonly Error SlotFree = Error.Conflict("booking.slot-free");
    public static readonly Error Lane = Error.Conflict("booking.lane");
    public static readonly Error Nothing = Error.Conflict("booking.nothing");
    public static readonly Error OtherSlot = Error.Conflict("booking.other-slot");
    public static readonly Error Early = Error.Conflict("booking.early");
    public static readonly Error NotArrived = Error.Conflict("booking.not-arrived");
    public static readonly Error ReasonMissing = Error.Invalid("booking.reason-missing");
    public static readonly Error PlanInvalid = Error.Invalid("booking.plan-invalid");

    public static Error TooMany(int most) => Error.Conflict("booking.too-many", most);
}
