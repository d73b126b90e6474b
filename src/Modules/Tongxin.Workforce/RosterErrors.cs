using Tongxin.Core.Common;

namespace Tongxin.Workforce;

/// <summary>Refusals about posts and rosters; the code is the key of the text in RosterText.</summary>
internal static class RosterErrors
{
    public static readonly Error NoSuchStep = Error.Conflict("rosters.turn.no-such-step");
}
