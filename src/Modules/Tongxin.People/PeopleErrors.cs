using Tongxin.Core.Common;

namespace Tongxin.People;

/// <summary>Refusals of the register; the code is the key of the text.</summary>
internal static class PeopleErrors
{
    public static readonly Error PersonNotFound = Error.NotFound("people.person.not-found");
    public static readonly Error HouseholdNotFound = Error.NotFound("people.household.not-found");
    public static readonly Error PurposeMissing = Error.Invalid("people.purpose.missing");
}
