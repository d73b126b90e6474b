using Tongxin.Core.Common;

namespace Tongxin.People;

/// <summary>Refusals of the register; the code is the key of the text.</summary>
internal static class PeopleErrors
{
    public static readonly Error PersonNotFound = Error.NotFound("people.person.not-found");
    public static readonly Error HouseholdNotFound = Error.NotFound("people.household.not-found");
    public static readonly Error PurposeMissing = Error.Invalid("people.purpose.missing");
    public static readonly Error NothingToReveal = Error.Conflict("people.reveal.nothing");

    public static readonly Error NameMissing = Error.Invalid("people.name.missing");
    public static readonly Error NameTooLong = Error.Invalid("people.name.too-long");
    public static readonly Error NameIsFormula = Error.Invalid("people.name.formula");
    public static readonly Error BornLater = Error.Invalid("people.birth.later");
    public static readonly Error NumberTaken = Error.Conflict("people.number.taken");
    public static readonly Error DocumentTaken = Error.Conflict("people.document.taken");
    public static readonly Error DocumentKindMissing = Error.Invalid("people.document.kind-missing");
    public static readonly Error Changed = Error.Conflict("people.changed");

    public static readonly Error ResidencyNotFound = Error.NotFound("people.residency.not-found");
    public static readonly Error LivesThere = Error.Conflict("people.residency.lives-there");
    public static readonly Error DayMissing = Error.Invalid("people.day.missing");
    public static readonly Error DayInFuture = Error.Invalid("people.day.future");
    public static readonly Error DayBeforeStart = Error.Invalid("people.day.before-start");
    public static readonly Error RoomUnreadable = Error.Invalid("people.room.unreadable");
    public static readonly Error HomeNeeded = Error.Invalid("people.home.needed");
    public static readonly Error RoomTaken = Error.Conflict("people.room.taken");
    public static readonly Error PlaceMissing = Error.Invalid("people.place.missing");

    public static readonly Error CareNotFound = Error.NotFound("people.care.not-found");
    public static readonly Error CareTwice = Error.Conflict("people.care.twice");
    public static readonly Error CareEndMissing = Error.Invalid("people.care.end-missing");

    public static readonly Error MergeSelf = Error.Invalid("people.merge.self");

    public static readonly Error UnitNotFound = Error.NotFound("people.unit.not-found");
    public static readonly Error UnitNameMissing = Error.Invalid("people.unit.name-missing");
    public static readonly Error UnitKindMissing = Error.Invalid("people.unit.kind-missing");
    public static readonly Error UnitNameTaken = Error.Conflict("people.unit.name-taken");
    public static readonly Error UnitNeedsEnd = Error.Invalid("people.unit.needs-end");
    public static readonly Error UnitClosed = Error.Conflict("people.unit.closed");
    public static readonly Error UnitEndBeforeStart = Error.Invalid("people.unit.end-before-start");
    public static readonly Error AffiliationTwice = Error.Conflict("people.affiliation.twice");
    public static readonly Error AffiliationNotFound = Error.NotFound("people.affiliation.not-found");

    public static readonly Error PlaceNotFound = Error.NotFound("people.place.not-found");
    public static readonly Error PlaceNameMissing = Error.Invalid("people.place.name-missing");
    public static readonly Error PlaceNameTaken = Error.Conflict("people.place.name-taken");
    public static readonly Error PlaceKindWrong = Error.Invalid("people.place.kind-wrong");
    public static readonly Error DrawingWrong = Error.Invalid("people.place.drawing");

    public static readonly Error ExportNotFound = Error.NotFound("people.export.not-found");
    public static readonly Error ExportEmpty = Error.Conflict("people.export.empty");

    public static Error CareEndTooFar(int days) => Error.Invalid("people.care.end-too-far", days);

    public static Error ExportTooMany(int rows, int most) => Error.Conflict("people.export.too-many", rows, most);
}
