using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Screening.Booking;

/// <summary>Permissions of slots.</summary>
internal static class BookingPermissions
{
    /// <summary>The own tests in the menu; the page itself asks only whose they are.</summary>
    public const string Own = "screening.tests.own";

    /// <summary>See who has which slot.</summary>
    public const string Read = "screening.slots.read";

    /// <summary>Take a slot back from somebody of the own cells or places, or give one.</summary>
    public const string Release = "screening.slots.release";

    /// <summary>Say who has come (到场): captains of the own cells, others at the own sites.</summary>
    public const string Arrive = "screening.slots.arrive";

    public static IReadOnlyList<Permission> All =>
    [
        new(Own, Roles.Captain, Roles.Helper, Roles.OnDuty),
        new(Read, Roles.Office, Roles.DutyLeader, Roles.Captain, Roles.Helper),
        new(Release, Roles.Office, Roles.Captain),
        new(Arrive, Roles.Office, Roles.DutyLeader, Roles.Captain, Roles.Sampler, Roles.OnDuty),
    ];
}
