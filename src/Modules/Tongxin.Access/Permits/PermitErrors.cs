using Tongxin.Core.Common;

namespace Tongxin.Access.Permits;

/// <summary>Refusals about permits; the code is the key of the text in PermitsText.</summary>
internal static class PermitErrors
{
    public static readonly Error NotFound = Error.NotFound("permits.not-found");
    public static readonly Error Place = Error.Invalid("permits.place");
    public static readonly Error Gates = Error.Invalid("permits.gates");
    public static readonly Error Kind = Error.Invalid("permits.kind");
    public static readonly Error NameMissing = Error.Invalid("permits.name-missing");
    public static readonly Error PersonUnknown = Error.Invalid("permits.person");
    public static readonly Error HospitalMissing = Error.Invalid("permits.hospital-missing");
    public static readonly Error PlateMissing = Error.Invalid("permits.plate-missing");
    public static readonly Error SupplierMissing = Error.Invalid("permits.supplier-missing");
    public static readonly Error LicenceExpired = Error.Conflict("permits.licence-expired");
    public static readonly Error Times = Error.Invalid("permits.times");
    public static readonly Error PhoneMissing = Error.Invalid("permits.phone-missing");
    public static readonly Error TooLongText = Error.Invalid("permits.too-long-text");
    public static readonly Error WhyMissing = Error.Invalid("permits.why-missing");
    public static readonly Error NotAsked = Error.Conflict("permits.not-asked");
    public static readonly Error NotInForce = Error.Conflict("permits.not-in-force");
    public static readonly Error NotFilled = Error.Conflict("permits.not-filled");
    public static readonly Error Changed = Error.Conflict("permits.changed");
    public static readonly Error NoPaperwork = Error.Conflict("permits.no-paperwork");
    public static readonly Error PapersMissing = Error.Invalid("permits.papers-missing");
    public static readonly Error InvitationOver = Error.Conflict("permits.invitation-over");
    public static readonly Error TooManyInvitations = Error.Conflict("permits.too-many-invitations");
    public static readonly Error Twice = Error.Conflict("permits.twice");

    // At the gate.
    public static readonly Error Revoked = Error.Conflict("permits.gate.revoked");
    public static readonly Error NotGranted = Error.Conflict("permits.gate.not-granted");
    public static readonly Error TooEarly = Error.Conflict("permits.gate.too-early");
    public static readonly Error Expired = Error.Conflict("permits.gate.expired");
    public static readonly Error OtherGate = Error.Conflict("permits.gate.other-gate");
    public static readonly Error UsedUp = Error.Conflict("permits.gate.used-up");

    public static readonly Error SupplierNotFound = Error.NotFound("permits.supplier.not-found");
    public static readonly Error SupplierName = Error.Invalid("permits.supplier.name");
    public static readonly Error SupplierTaken = Error.Conflict("permits.supplier.taken");
    public static readonly Error LicenceMissing = Error.Invalid("permits.supplier.licence");

    /// <summary>Args: how many.</summary>
    public static Error Companions(int most) => Error.Invalid("permits.companions", most);

    /// <summary>Args: days.</summary>
    public static Error TooLong(int days) => Error.Invalid("permits.too-long", days);
}
