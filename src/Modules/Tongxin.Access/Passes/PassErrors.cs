using Tongxin.Core.Common;

namespace Tongxin.Access.Passes;

/// <summary>Refusals about passes; the code is the key of the text in PassesText.</summary>
internal static class PassErrors
{
    public static readonly Error NotFound = Error.NotFound("passes.not-found");
    public static readonly Error KeyNotFound = Error.NotFound("passes.key-not-found");
    public static readonly Error WhyMissing = Error.Invalid("passes.why-missing");
    public static readonly Error Changed = Error.Conflict("passes.changed");
}
