using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Access.Passes;

/// <summary>Permissions of passes.</summary>
internal static class PassPermissions
{
    /// <summary>Show and print a pass for somebody within the own scope, and give out a link.</summary>
    public const string Carry = "access.passes.carry";

    /// <summary>Renew and withdraw signing keys.</summary>
    public const string Keys = "access.pass-keys.keep";

    /// <summary>The own pass in the menu; the page itself asks only whose it is.</summary>
    public const string Own = "access.passes.own";

    public static IReadOnlyList<Permission> All =>
    [
        new(Carry, Roles.Office, Roles.Doctor, Roles.Counsellor, Roles.Captain, Roles.Helper),
        new(Keys, Roles.Administrator),
        new(Own, Roles.Captain, Roles.Helper, Roles.OnDuty),
    ];
}
