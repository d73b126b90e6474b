using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Screening.Rounds;

/// <summary>Permissions of testing rounds.</summary>
internal static class TestingPermissions
{
    /// <summary>See rounds and who is missing: all of it, the own places, or the cells of the own teams.</summary>
    public const string Read = "screening.rounds.read";

    /// <summary>Open, start and close rounds.</summary>
    public const string Open = "screening.rounds.open";

    public static IReadOnlyList<Permission> All =>
    [
        new(Read, Roles.Office, Roles.DutyLeader, Roles.Doctor, Roles.Captain, Roles.Helper),
        new(Open, Roles.Office, Roles.DutyLeader),
    ];
}
