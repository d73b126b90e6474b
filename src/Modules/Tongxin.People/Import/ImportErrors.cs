using Tongxin.Core.Common;

namespace Tongxin.People.Import;

/// <summary>Refusals of files and rows; the code is the key of the text. Those of <c>text.*</c> come from Core.</summary>
internal static class ImportErrors
{
    public static readonly Error NameMissing = Error.Invalid("import.name-missing");
    public static readonly Error NameIsFormula = Error.Invalid("import.name-formula");
    public static readonly Error NameUnreadable = Error.Invalid("import.name-unreadable");
    public static readonly Error SexUnreadable = Error.Invalid("import.sex-unreadable");
    public static readonly Error SexContradicts = Error.Invalid("import.sex-contradicts");
    public static readonly Error BirthContradicts = Error.Invalid("import.birth-contradicts");
    public static readonly Error BornLater = Error.Invalid("import.born-later");
    public static readonly Error CareUnknown = Error.Invalid("import.care-unknown");
    public static readonly Error CategoryUnknown = Error.Invalid("import.category-unknown");
    public static readonly Error RelationUnknown = Error.Invalid("import.relation-unknown");
    public static readonly Error UseUnknown = Error.Invalid("import.use-unknown");
    public static readonly Error CampusMissing = Error.Invalid("import.campus-missing");
    public static readonly Error DocumentOfAnother = Error.Conflict("import.document-of-another");
    public static readonly Error NumberOfAnother = Error.Conflict("import.number-of-another");
    public static readonly Error NoNameColumn = Error.Invalid("import.no-name-column");
    public static readonly Error NoRoomColumn = Error.Invalid("import.no-room-column");
    public static readonly Error NotFound = Error.NotFound("import.not-found");
    public static readonly Error RegisterChanged = Error.Conflict("import.register-changed");
    public static readonly Error NotPreviewed = Error.Conflict("import.not-previewed");

    public static readonly Error AlreadyOver = Error.Conflict("import.already-over");
    public static readonly Error FileGone = Error.NotFound("import.file-gone");
    public static readonly Error OnlyEverything = Error.Forbidden("import.only-everything");
    public static readonly Error FileMissing = Error.Invalid("import.file-missing");

    public static Error Duplicate(int firstRow) => Error.Conflict("import.duplicate", firstRow);

    public static Error DuplicateElsewhere(int firstRow) => Error.Conflict("import.duplicate-elsewhere", firstRow);
}
