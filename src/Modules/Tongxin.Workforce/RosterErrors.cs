using Tongxin.Core.Common;

namespace Tongxin.Workforce;

/// <summary>Refusals about posts and rosters; the code is the key of the text in RosterText.</summary>
internal static class RosterErrors
{
    public static readonly Error PostNotFound = Error.NotFound("posts.not-found");
    public static readonly Error PostNameMissing = Error.Invalid("posts.name-missing");
    public static readonly Error PostNameTaken = Error.Conflict("posts.name-taken");
    public static readonly Error PostPlace = Error.Invalid("posts.place");
    public static readonly Error PostTooLong = Error.Invalid("posts.too-long");
    public static readonly Error ShiftMark = Error.Invalid("posts.shift.mark");
    public static readonly Error ShiftTimes = Error.Invalid("posts.shift.times");
    public static readonly Error ShiftPeople = Error.Invalid("posts.shift.people");
    public static readonly Error ShiftDays = Error.Invalid("posts.shift.days");

    public static readonly Error NotFound = Error.NotFound("rosters.not-found");
    public static readonly Error NameMissing = Error.Invalid("rosters.name-missing");
    public static readonly Error Days = Error.Invalid("rosters.days");
    public static readonly Error PostsMissing = Error.Invalid("rosters.posts-missing");
    public static readonly Error PeopleMissing = Error.Invalid("rosters.people-missing");
    public static readonly Error NoDuties = Error.Invalid("rosters.no-duties");
    public static readonly Error NotDraft = Error.Conflict("rosters.not-draft");
    public static readonly Error NotPublished = Error.Conflict("rosters.not-published");
    public static readonly Error Changed = Error.Conflict("rosters.changed");
    public static readonly Error Solving = Error.Conflict("rosters.solving");
    public static readonly Error Stale = Error.Conflict("rosters.stale");
    public static readonly Error Empty = Error.Conflict("rosters.empty");
    public static readonly Error Begun = Error.Conflict("rosters.begun");
    public static readonly Error WhyMissing = Error.Invalid("rosters.why-missing");
    public static readonly Error PersonMissing = Error.Invalid("rosters.person-missing");
    public static readonly Error DutyMissing = Error.Invalid("rosters.duty-missing");
    public static readonly Error AlreadyThere = Error.Conflict("rosters.already-there");
    public static readonly Error Locked = Error.Conflict("rosters.locked");
    public static readonly Error HasTurns = Error.Conflict("rosters.has-turns");
    public static readonly Error NoOverride = Error.Invalid("rosters.no-override");
    public static readonly Error WishesCloseWrong = Error.Invalid("rosters.wishes.closes");
    public static readonly Error WishesTooLate = Error.Conflict("rosters.wishes.too-late");
    public static readonly Error NoSuchStep = Error.Conflict("rosters.turn.no-such-step");

    /// <summary>Args: who, day, rule in words.</summary>
    public static Error WouldBreak(string who, string rule) => Error.Conflict("rosters.would-break", who, rule);

    /// <summary>Args: post, from, to, people missing, further gaps.</summary>
    public static Error Gap(string post, string from, string to, int missing, int further) => Error.Conflict("rosters.publish.gap", post, from, to, missing, further);

    /// <summary>Args: who, rule in words, further breaks.</summary>
    public static Error Breaks(string who, string rule, int further) => Error.Conflict("rosters.publish.breaks", who, rule, further);

    /// <summary>Args: who, day, other roster, further people.</summary>
    public static Error Twice(string who, string when, string roster, int further) => Error.Conflict("rosters.publish.twice", who, when, roster, further);
}
