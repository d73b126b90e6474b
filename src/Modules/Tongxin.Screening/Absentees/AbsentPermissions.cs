using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Screening.Absentees;

/// <summary>Permissions about who is missing. All of them within the own cells or places.</summary>
internal static class AbsentPermissions
{
    /// <summary>See who is missing by name, call, visit, arrange.</summary>
    public const string Chase = "screening.absentees.chase";

    /// <summary>Excuse somebody, with a reason, and take that back.</summary>
    public const string Excuse = "screening.absentees.excuse";

    public static IReadOnlyList<Permission> All =>
    [
        new(Chase, Roles.Office, Roles.Captain, Roles.Helper),
        new(Excuse, Roles.Office, Roles.Captain),
    ];
}
