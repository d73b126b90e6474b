using Tongxin.Core.Common;

namespace Tongxin.Access.Returns;

/// <summary>Refusals of return registration; the code is the key of the text in ReturnsText. <c>returns.step</c> is Core's.</summary>
internal static class ReturnErrors
{
    public static readonly Error SeasonNotFound = Error.NotFound("returns.season-not-found");
    public static readonly Error NotFound = Error.NotFound("returns.not-found");
    public static readonly Error TitleMissing = Error.Invalid("returns.title-missing");
    public static readonly Error DaysWrong = Error.Invalid("returns.days-wrong");
    public static readonly Error HoursWrong = Error.Invalid("returns.hours-wrong");
    public static readonly Error LanesWrong = Error.Invalid("returns.lanes-wrong");
    public static readonly Error GateMissing = Error.Invalid("returns.gate-missing");
    public static readonly Error PlaceUnknown = Error.Invalid("returns.place-unknown");
    public static readonly Error GateUnknown = Error.Invalid("returns.gate-unknown");
    public static readonly Error EditionWhyMissing = Error.Invalid("returns.edition-why-missing");
    public static readonly Error EditionUnknown = Error.Invalid("returns.edition-unknown");
    public static readonly Error EditionSame = Error.Conflict("returns.edition-same");
    public static readonly Error SeasonClosed = Error.Conflict("returns.season-closed");
    public static readonly Error QuotaWrong = Error.Invalid("returns.quota-wrong");
    public static readonly Error Changed = Error.Conflict("returns.changed");
    public static readonly Error ReasonMissing = Error.Invalid("returns.reason-missing");

    public static readonly Error Closed = Error.Conflict("returns.closed");
    public static readonly Error NameMissing = Error.Invalid("returns.name-missing");
    public static readonly Error NumberUnreadable = Error.Invalid("returns.number-unreadable");
    public static readonly Error PhoneMissing = Error.Invalid("returns.phone-missing");
    public static readonly Error StayMissing = Error.Invalid("returns.stay-missing");
    public static readonly Error StayPlace = Error.Invalid("returns.stay-place");
    public static readonly Error StayDays = Error.Invalid("returns.stay-days");
    public static readonly Error StayGap = Error.Invalid("returns.stay-gap");
    public static readonly Error ArrivalWrong = Error.Invalid("returns.arrival-wrong");
    public static readonly Error TransportMissing = Error.Invalid("returns.transport-missing");
    public static readonly Error ConsentMissing = Error.Invalid("returns.consent-missing");
    public static readonly Error TooLong = Error.Invalid("returns.too-long");
    public static readonly Error TooOften = Error.Conflict("returns.too-often");
    public static readonly Error CodeUnknown = Error.NotFound("returns.code-unknown");
    public static readonly Error UnitOutside = Error.Invalid("returns.unit-outside");

    public static readonly Error SlotNotFound = Error.NotFound("returns.slot-not-found");
    public static readonly Error SlotFull = Error.Conflict("returns.slot-full");
    public static readonly Error SlotOver = Error.Conflict("returns.slot-over");
    public static readonly Error SlotFree = Error.Conflict("returns.slot-free");
    public static readonly Error QuotaFull = Error.Conflict("returns.quota-full");
    public static readonly Error NotYet = Error.Conflict("returns.not-yet");
    public static readonly Error NotYetThatDay = Error.Conflict("returns.not-yet-that-day");

    public static readonly Error MustObserve = Error.Conflict("returns.must-observe");
    public static readonly Error UntilWrong = Error.Invalid("returns.until-wrong");
    public static readonly Error NotOver = Error.Conflict("returns.not-over");
    public static readonly Error DoctorDecides = Error.Forbidden("returns.doctor-decides");

    public static readonly Error ListNotFound = Error.NotFound("returns.list-not-found");
    public static readonly Error ListNotDraft = Error.Conflict("returns.list-not-draft");
    public static readonly Error ColumnsMissing = Error.Invalid("returns.columns-missing");
    public static readonly Error ListEmpty = Error.Invalid("returns.list-empty");
    public static readonly Error RowPlace = Error.Invalid("returns.row-place");
    public static readonly Error RowCode = Error.Invalid("returns.row-code");
    public static readonly Error RowLevel = Error.Invalid("returns.row-level");
    public static readonly Error RowFrom = Error.Invalid("returns.row-from");
    public static readonly Error RowUntil = Error.Invalid("returns.row-until");

    public static Error RowTwice(int row) => Error.Invalid("returns.row-twice", row);

    public static Error RowsWrong(int count) => Error.Invalid("returns.rows-wrong", count);

    public static Error DoesNotFit(int count) => Error.Conflict("returns.does-not-fit", count);
}
