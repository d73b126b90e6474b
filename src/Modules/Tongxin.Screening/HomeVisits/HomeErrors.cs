using Tongxin.Core.Common;

namespace Tongxin.Screening.HomeVisits;

/// <summary>Refusals about home sampling; the code is the key of the text in HomeText.</summary>
internal static class HomeErrors
{
    public static readonly Error NotFound = Error.NotFound("home.not-found");
    public static readonly Error Closed = Error.Conflict("home.closed");
    public static readonly Error Nobody = Error.Conflict("home.nobody");
    public static readonly Error Teams = Error.Invalid("home.teams");
    public static readonly Error Minutes = Error.Invalid("home.minutes");
    public static readonly Error Window = Error.Invalid("home.window");
    public static readonly Error Changed = Error.Conflict("home.changed");

    /// <param name="teams">That would do.</param>
    public static Error TooLong(int teams) => Error.Conflict("home.too-long", teams);
}
