using Tongxin.Core.Common;

namespace Tongxin.Workforce;

/// <summary>Refusals about teams; the code is the key of the text.</summary>
internal static class WorkforceErrors
{
    public static Error TwiceInTeam(string team) => Error.Conflict("workforce.team.twice", team);
}
