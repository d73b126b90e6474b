using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Workforce.Calls;

/// <summary>Permissions of calls for volunteers.</summary>
internal static class CallPermissions
{
    /// <summary>See calls and who applied, phones masked.</summary>
    public const string Read = "workforce.calls.read";

    /// <summary>Open, correct and close calls.</summary>
    public const string Edit = "workforce.calls.edit";

    /// <summary>Decide about applications.</summary>
    public const string Decide = "workforce.calls.decide";

    /// <summary>Bring in files of applications.</summary>
    public const string Import = "workforce.calls.import";

    public static IReadOnlyList<Permission> All =>
    [
        new(Read, Roles.Office, Roles.DutyLeader),
        new(Edit, Roles.Office),
        new(Decide, Roles.Office),
        new(Import, Roles.Office),
    ];
}
