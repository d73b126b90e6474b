using Tongxin.Core.Common;

namespace Tongxin.People.Import;

/// <summary>Refusals of files and rows; the code is the key of the text. Those of <c>text.*</c> come from Core.</summary>
internal static class ImportErrors
{
    public static readonly Error NameMissing = Error.Invalid("people.import.name-missing");
    public static readonly Error NameIsFormula = Error.Invalid("people.import.name-formula");
    public static readonly Error NameUnreadable = Error.Invalid("people.import.name-unreadable");
    public static readonly Error SexUnreadable = Error.Invalid("people.import.sex-unreadable");
    public static readonly Error SexContradicts = Error.Invalid("people.import.sex-contradicts");
    public static readonly Error BirthContradicts = Error.Invalid("people.import.birth-contradicts");
    public static readonly Error BornLater = Error.Invalid("people.import.born-later");
    public static readonly Error CareUnknown = Error.Invalid("people.import.care-unknown");
    public static readonly Error CampusMissing = Error.Invalid("people.import.campus-missing");
    public static readonly Error DocumentOfAnother = Error.Conflict("people.import.document-of-another");
    public static readonly Error NumberOfAnother = Error.Conflict("people.import.number-of-another");
    public static readonly Error NoNameColumn = Error.Invalid("people.import.no-name-column");
    public static readonly Error NoRoomColumn = Error.Invalid("people.import.no-room-column");
    public static readonly Error NotFound = Error.NotFound("people.import.not-found");
    public static readonly Error RegisterChanged = Error.Conflict("people.import.register-changed");
    public static readonly Error NotPreviewed = Error.Conflict("people.import.not-previewed");

    public static Error Duplicate(int firstRow) => Error.Conflict("people.import.duplicate", firstRow);

    public static Error DuplicateElsewhere(int firstRow) => Error.Conflict("people.import.duplicate-elsewhere", firstRow);
}
