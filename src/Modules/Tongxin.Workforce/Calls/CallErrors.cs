using Tongxin.Core.Common;

namespace Tongxin.Workforce.Calls;

/// <summary>Refusals about calls and applications; the code is the key of the text in CallText.</summary>
internal static class CallErrors
{
    public static readonly Error NotFound = Error.NotFound("calls.not-found");
    public static readonly Error UnitNotFound = Error.NotFound("calls.unit");
    public static readonly Error TitleMissing = Error.Invalid("calls.title-missing");
    public static readonly Error PurposeMissing = Error.Invalid("calls.purpose-missing");
    public static readonly Error DutyMissing = Error.Invalid("calls.duty-missing");
    public static readonly Error PlacesWrong = Error.Invalid("calls.places-wrong");
    public static readonly Error ClosesWrong = Error.Invalid("calls.closes-wrong");
    public static readonly Error AlreadyClosed = Error.Conflict("calls.already-closed");
    public static readonly Error Changed = Error.Conflict("calls.changed");

    public static readonly Error Closed = Error.Conflict("calls.closed");
    public static readonly Error NameMissing = Error.Invalid("calls.name-missing");
    public static readonly Error NameUnreadable = Error.Invalid("calls.name-unreadable");
    public static readonly Error NumberOrPhone = Error.Invalid("calls.number-or-phone");
    public static readonly Error NumberUnreadable = Error.Invalid("calls.number-unreadable");
    public static readonly Error DutyUnknown = Error.Invalid("calls.duty-unknown");
    public static readonly Error SkillUnknown = Error.Invalid("calls.skill-unknown");
    public static readonly Error SkillExpired = Error.Invalid("calls.skill-expired");
    public static readonly Error DayUnreadable = Error.Invalid("calls.day-unreadable");
    public static readonly Error TooLong = Error.Invalid("calls.too-long");
    public static readonly Error ConsentMissing = Error.Invalid("calls.consent-missing");
    public static readonly Error TooOften = Error.Conflict("calls.too-often");
    public static readonly Error CodeUnknown = Error.NotFound("calls.code-unknown");

    public static readonly Error ApplicationNotFound = Error.NotFound("calls.application-not-found");
    public static readonly Error NobodyChosen = Error.Invalid("calls.nobody-chosen");
    public static readonly Error VerdictMissing = Error.Invalid("calls.verdict-missing");
    public static readonly Error ReasonMissing = Error.Invalid("calls.reason-missing");
    public static readonly Error NoPlace = Error.Conflict("calls.no-place");
    public static readonly Error NumberTaken = Error.Conflict("calls.number-taken");
    public static readonly Error PersonTwice = Error.Conflict("calls.person-twice");
    public static readonly Error PersonNotFound = Error.NotFound("calls.person-not-found");
    public static readonly Error AcceptedStays = Error.Conflict("calls.accepted-stays");
    public static readonly Error DecidedMeanwhile = Error.Conflict("calls.decided-meanwhile");

    public static readonly Error ImportNotFound = Error.NotFound("calls.import.not-found");
    public static readonly Error FileMissing = Error.Invalid("calls.import.file-missing");
    public static readonly Error FileGone = Error.NotFound("calls.import.file-gone");
    public static readonly Error ColumnsMissing = Error.Invalid("calls.import.columns-missing");
    public static readonly Error ImportOver = Error.Conflict("calls.import.over");
    public static readonly Error NotPreviewed = Error.Conflict("calls.import.not-previewed");
    public static readonly Error ChangedSincePreview = Error.Conflict("calls.import.changed");

    public static Error SameAsRow(int row) => Error.Conflict("calls.import.same-as-row", row);

    public static Error NumberOfAnotherRow(int row) => Error.Conflict("calls.import.number-of-row", row);
}
