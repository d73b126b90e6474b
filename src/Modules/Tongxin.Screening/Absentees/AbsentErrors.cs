using Tongxin.Core.Common;

namespace Tongxin.Screening.Absentees;

/// <summary>Refusals about who is missing; the code is the key of the text in AbsentText.</summary>
internal static class AbsentErrors
{
    public static readonly Error NotFound = Error.NotFound("absentees.not-found");
    public static readonly Error Closed = Error.Conflict("absentees.closed");
    public static readonly Error Done = Error.Conflict("absentees.done");
    public static readonly Error Nothing = Error.Invalid("absentees.nothing");
    public static readonly Error ReasonMissing = Error.Invalid("absentees.reason-missing");
    public static readonly Error WordsMissing = Error.Invalid("absentees.words-missing");
    public static readonly Error WordsLong = Error.Invalid("absentees.words-long");
    public static readonly Error Due = Error.Invalid("absentees.due");
    public static readonly Error Responsible = Error.Invalid("absentees.responsible");
    public static readonly Error IdReused = Error.Conflict("absentees.id-reused");
}
