using Tongxin.Core.Common;

namespace Tongxin.Screening.Plans;

/// <summary>Refusals about plans; the code is the key of the text in PlansText.</summary>
internal static class PlanErrors
{
    public static readonly Error NotFound = Error.NotFound("plans.not-found");
    public static readonly Error Closed = Error.Conflict("plans.closed");
    public static readonly Error NoSites = Error.Conflict("plans.no-sites");
    public static readonly Error Nobody = Error.Conflict("plans.nobody");
    public static readonly Error Staff = Error.Invalid("plans.staff");
    public static readonly Error Published = Error.Conflict("plans.published");
    public static readonly Error Changed = Error.Conflict("plans.changed");
    public static readonly Error NothingChanged = Error.Invalid("plans.nothing-changed");
    public static readonly Error Rate = Error.Invalid("plans.rate");
    public static readonly Error WhyMissing = Error.Invalid("plans.why-missing");
    public static readonly Error Window = Error.Conflict("plans.window");

    public static Error Line(string line) => Error.Invalid("plans.line", line);

    public static readonly Error Kept = Error.Conflict("plans.kept");

    public static Error Ambiguous(string name, string example) => Error.Invalid("plans.ambiguous", name, example);

    public static Error Building(string name) => Error.Invalid("plans.building", name);
}
