using Tongxin.Core.Common;

namespace Tongxin.Screening.Registers;

/// <summary>Refusals about sheets; the code is the key of the text in SheetText.</summary>
internal static class SheetErrors
{
    public static readonly Error NotFound = Error.NotFound("sheets.not-found");
    public static readonly Error PurposeMissing = Error.Invalid("sheets.purpose-missing");
    public static readonly Error Waiting = Error.Conflict("sheets.waiting");
}
