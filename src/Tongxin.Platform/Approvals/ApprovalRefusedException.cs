using Tongxin.Core.Common;

namespace Tongxin.Platform.Approvals;

/// <summary>
/// Thrown by a handler of <see cref="ApprovalDecided"/> when what was agreed to cannot be done any more: nothing is decided then, the
/// request stays open, and the decider is told why.
/// </summary>
public sealed class ApprovalRefusedException(Error error) : Exception(error.Code)
{
    /// <summary>Why it cannot be done.</summary>
    public Error Error { get; } = error;
}
