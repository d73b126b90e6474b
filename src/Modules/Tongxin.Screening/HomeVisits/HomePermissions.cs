using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Screening.HomeVisits;

/// <summary>Permissions of home sampling.</summary>
internal static class HomePermissions
{
    /// <summary>See who is sampled at home, by name and route; the own cells or places only.</summary>
    public const string Read = "screening.home.read";

    /// <summary>Give times.</summary>
    public const string Plan = "screening.home.plan";

    public static IReadOnlyList<Permission> All =>
    [
        new(Read, Roles.Office, Roles.Doctor, Roles.Captain, Roles.Helper, Roles.Sampler),
        new(Plan, Roles.Office),
    ];
}
