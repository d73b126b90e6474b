using Tongxin.Core.Common;

namespace Tongxin.Access.Restrictions;

/// <summary>Refusals about measures, appeals and protocols; the code is the key of the text in RestrictionsText.</summary>
internal static class RestrictionErrors
{
    public static readonly Error NotFound = Error.NotFound("restrictions.not-found");
    public static readonly Error PersonNotFound = Error.NotFound("restrictions.person-not-found");
    public static readonly Error NoRight = Error.Forbidden("restrictions.no-right");
    public static readonly Error NobodyChosen = Error.Invalid("restrictions.nobody-chosen");
    public static readonly Error PersonTwice = Error.Invalid("restrictions.person-twice");
    public static readonly Error BasisMissing = Error.Invalid("restrictions.basis-missing");
    public static readonly Error LeastMissing = Error.Invalid("restrictions.least-missing");
    public static readonly Error TooLong = Error.Invalid("restrictions.too-long");
    public static readonly Error KindUnknown = Error.Invalid("restrictions.kind-unknown");
    public static readonly Error UntilPast = Error.Invalid("restrictions.until-past");
    public static readonly Error NoEvidence = Error.Conflict("restrictions.no-evidence");
    public static readonly Error Already = Error.Conflict("restrictions.already");
    public static readonly Error AlreadyOver = Error.Conflict("restrictions.already-over");
    public static readonly Error ReasonMissing = Error.Invalid("restrictions.reason-missing");
    public static readonly Error NotLater = Error.Invalid("restrictions.not-later");

    public static readonly Error ReferenceMissing = Error.Invalid("restrictions.reference-missing");
    public static readonly Error DocumentMissing = Error.Invalid("restrictions.document-missing");
    public static readonly Error DocumentKind = Error.Invalid("restrictions.document-kind");

    public static readonly Error AlarmNotFound = Error.NotFound("restrictions.alarm-not-found");

    public static Error UntilTooFar(int days) => Error.Invalid("restrictions.until-too-far", days);

    public static Error TooMany(int asked) => Error.Conflict("restrictions.too-many", asked);
}

/// <summary>Refusals about appeals.</summary>
internal static class AppealErrors
{
    public static readonly Error NotFound = Error.NotFound("appeals.not-found");
    public static readonly Error TextMissing = Error.Invalid("appeals.text-missing");
    public static readonly Error TooLong = Error.Invalid("appeals.too-long");
    public static readonly Error OneIsOpen = Error.Conflict("appeals.one-is-open");
    public static readonly Error Changed = Error.Conflict("appeals.changed");
    public static readonly Error AnswerMissing = Error.Invalid("appeals.answer-missing");
    public static readonly Error Own = Error.Forbidden("appeals.own");
    public static readonly Error SameUnit = Error.Forbidden("appeals.same-unit");
    public static readonly Error UnitUnknown = Error.Forbidden("appeals.unit-unknown");
    public static readonly Error SameReviewer = Error.Forbidden("appeals.same-reviewer");
    public static readonly Error NoReview = Error.Conflict("appeals.no-review");
    public static readonly Error NothingToCorrect = Error.Conflict("appeals.nothing-to-correct");
}

/// <summary>Refusals about protocols in force.</summary>
internal static class ProtocolErrors
{
    public static readonly Error None = Error.Conflict("protocols.none");
    public static readonly Error EditionUnknown = Error.NotFound("protocols.edition-unknown");
    public static readonly Error InForce = Error.Conflict("protocols.in-force");
    public static readonly Error WhyMissing = Error.Invalid("protocols.why-missing");
}
