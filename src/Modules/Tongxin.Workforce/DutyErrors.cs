using Tongxin.Core.Common;

namespace Tongxin.Workforce;

/// <summary>Refusals about duties, swaps and the night at a post; the code is the key of the text in DutyText.</summary>
internal static class DutyErrors
{
    public static readonly Error TurnNotFound = Error.NotFound("duties.turn.not-found");
    public static readonly Error Over = Error.Conflict("duties.turn.over");
    public static readonly Error Begun = Error.Conflict("duties.turn.begun");
    public static readonly Error Changed = Error.Conflict("duties.changed");
    public static readonly Error WhyMissing = Error.Invalid("duties.why-missing");
    public static readonly Error SwapNotFound = Error.NotFound("duties.swap.not-found");
    public static readonly Error SwapGone = Error.Conflict("duties.swap.gone");
    public static readonly Error SwapTwice = Error.Conflict("duties.swap.twice");
    public static readonly Error SwapOwn = Error.Conflict("duties.swap.own");
    public static readonly Error SwapParty = Error.Forbidden("duties.swap.party");
    public static readonly Error Locked = Error.Conflict("duties.locked");
    public static readonly Error SearchTwice = Error.Conflict("duties.substitute.twice");
    public static readonly Error AskNotFound = Error.NotFound("duties.ask.not-found");
    public static readonly Error AskOver = Error.Conflict("duties.ask.over");

    /// <summary>Args: the rule in words.</summary>
    public static Error NotLegal(string rule) => Error.Conflict("duties.not-legal", rule);
}
