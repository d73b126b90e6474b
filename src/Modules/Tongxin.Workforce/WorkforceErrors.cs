using Tongxin.Core.Common;

namespace Tongxin.Workforce;

/// <summary>Refusals about teams; the code is the key of the text.</summary>
internal static class WorkforceErrors
{
    public static readonly Error TeamNotFound = Error.NotFound("workforce.team.not-found");
    public static readonly Error UnitNotFound = Error.NotFound("workforce.unit.not-found");
    public static readonly Error NameMissing = Error.Invalid("workforce.team.name-missing");
    public static readonly Error NameTaken = Error.Conflict("workforce.team.name-taken");
    public static readonly Error CaptainMissing = Error.Invalid("workforce.team.captain-missing");
    public static readonly Error OneCaptain = Error.Conflict("workforce.team.one-captain");
    public static readonly Error EndsWrong = Error.Invalid("workforce.team.ends-wrong");
    public static readonly Error AlreadyIn = Error.Conflict("workforce.team.already-in");
    public static readonly Error PersonMissing = Error.Invalid("workforce.person.missing");
    public static readonly Error VolunteerNotFound = Error.NotFound("workforce.volunteer.not-found");
    public static readonly Error Changed = Error.Conflict("workforce.changed");

    public static Error TwiceInTeam(string team) => Error.Conflict("workforce.team.twice", team);
}
