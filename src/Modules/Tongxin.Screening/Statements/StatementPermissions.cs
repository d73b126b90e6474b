using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Screening.Statements;

/// <summary>Permissions of statements: figures without names.</summary>
internal static class StatementPermissions
{
    public const string Read = "screening.statements.read";

    /// <summary>Sign the figures of this moment.</summary>
    public const string Sign = "screening.statements.sign";

    public static IReadOnlyList<Permission> All =>
    [
        new(Read, Roles.Office, Roles.DutyLeader, Roles.Doctor),
        new(Sign, Roles.Office, Roles.DutyLeader),
    ];
}
