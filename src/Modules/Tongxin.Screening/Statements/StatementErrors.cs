using Tongxin.Core.Common;

namespace Tongxin.Screening.Statements;

/// <summary>Refusals about statements; the code is the key of the text in StatementText.</summary>
internal static class StatementErrors
{
    public static readonly Error NotFound = Error.NotFound("statements.not-found");
    public static readonly Error Signed = Error.Conflict("statements.signed");
    public static readonly Error Unbalanced = Error.Conflict("statements.unbalanced");
}
