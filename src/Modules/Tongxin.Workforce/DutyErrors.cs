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
    public static readonly Error PostNotFound = Error.NotFound("duties.post.not-found");
    public static readonly Error TooManyTries = Error.Conflict("duties.code.too-many");
    public static readonly Error WrongCode = Error.Conflict("duties.code.wrong");
    public static readonly Error OwnTurn = Error.Conflict("duties.check-in.own");
    public static readonly Error NotNow = Error.Conflict("duties.check-in.not-now");
    public static readonly Error NotCalled = Error.Conflict("duties.check-in.not-called");
    public static readonly Error Unwell = Error.Conflict("duties.check-in.unwell");
    public static readonly Error NotBegun = Error.Conflict("duties.turn.not-begun");
    public static readonly Error NotThere = Error.Conflict("duties.leave.not-there");
    public static readonly Error LastThere = Error.Conflict("duties.leave.last");
    public static readonly Error CalledTwice = Error.Conflict("duties.reserve.twice");
    public static readonly Error NotLong = Error.Conflict("duties.long-day.not");
    public static readonly Error SheetNotFound = Error.NotFound("duties.handover.not-found");
    public static readonly Error Signed = Error.Conflict("duties.handover.signed");
    public static readonly Error NotGiven = Error.Conflict("duties.handover.not-given");
    public static readonly Error SameSigner = Error.Conflict("duties.handover.same-signer");
    public static readonly Error SuccessorMissing = Error.Conflict("duties.handover.successor-missing");
    public static readonly Error ChecklistOpen = Error.Invalid("duties.handover.checklist");
    public static readonly Error Days = Error.Invalid("duties.certificate.days");
    public static readonly Error NothingServed = Error.Conflict("duties.certificate.nothing");
    public static readonly Error WishesClosed = Error.Conflict("duties.wishes.closed");
    public static readonly Error ReportEmpty = Error.Invalid("duties.report.empty");

    /// <summary>Args: hours that the day would come to.</summary>
    public static Error TooLong(int hours) => Error.Conflict("duties.check-in.too-long", hours);

    /// <summary>Args: the rule in words.</summary>
    public static Error NotLegal(string rule) => Error.Conflict("duties.not-legal", rule);
}
