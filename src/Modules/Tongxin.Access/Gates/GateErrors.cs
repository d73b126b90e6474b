using Tongxin.Core.Common;

namespace Tongxin.Access.Gates;

/// <summary>Refusals about gates; the code is the key of the text in GatesText.</summary>
internal static class GateErrors
{
    public static readonly Error NotFound = Error.NotFound("gates.not-found");
    public static readonly Error NameMissing = Error.Invalid("gates.name-missing");
    public static readonly Error NameTaken = Error.Conflict("gates.name-taken");
    public static readonly Error Place = Error.Invalid("gates.place");
    public static readonly Error Hours = Error.Invalid("gates.hours");
    public static readonly Error LaneName = Error.Invalid("gates.lane.name");
    public static readonly Error LaneRate = Error.Invalid("gates.lane.rate");
    public static readonly Error PassBackMinutes = Error.Invalid("gates.pass-back.minutes");
    public static readonly Error RefuseNeedsTwo = Error.Forbidden("gates.pass-back.two");
    public static readonly Error WhyMissing = Error.Invalid("gates.why-missing");
    public static readonly Error AlreadySo = Error.Conflict("gates.already-so");
    public static readonly Error Changed = Error.Conflict("gates.changed");
    public static readonly Error Sealed = Error.Conflict("gates.sealed");
    public static readonly Error PassBack = Error.Conflict("gates.pass-back.twice");
    public static readonly Error Entry = Error.Invalid("gates.entry");
    public static readonly Error EntryTooLong = Error.Invalid("gates.entry.too-long");
    public static readonly Error Temperature = Error.Invalid("gates.temperature");
    public static readonly Error TraceNotFound = Error.NotFound("gates.trace.not-found");
    public static readonly Error TracePurpose = Error.Invalid("gates.trace.purpose");
    public static readonly Error TraceCase = Error.Invalid("gates.trace.case");
    public static readonly Error TraceSpan = Error.Invalid("gates.trace.span");
    public static readonly Error ZoneNotFound = Error.NotFound("gates.zone.not-found");
    public static readonly Error ZonePeople = Error.Invalid("gates.zone.people");
}
