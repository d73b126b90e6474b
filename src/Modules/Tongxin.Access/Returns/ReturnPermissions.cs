using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Access.Returns;

/// <summary>Permissions of return registration.</summary>
internal static class ReturnPermissions
{
    /// <summary>See seasons and records, phones masked; a counsellor those of the own unit.</summary>
    public const string Read = "access.returns.read";

    /// <summary>Open seasons, set lanes and quotas, plan arrivals.</summary>
    public const string Edit = "access.returns.edit";

    /// <summary>Declare, correct, book and cancel on behalf of others.</summary>
    public const string Declare = "access.returns.declare";

    /// <summary>Check arrivals at the gate.</summary>
    public const string Arrive = "access.returns.arrive";

    /// <summary>Put under observation, and end it.</summary>
    public const string Observe = "access.returns.observe";

    /// <summary>Bring in lists of risk areas and put them in force.</summary>
    public const string Areas = "access.returns.areas";

    /// <summary>Take the masked list away.</summary>
    public const string Export = "access.returns.export";

    public static IReadOnlyList<Permission> All =>
    [
        new(Read, Roles.Office, Roles.DutyLeader, Roles.Doctor, Roles.Counsellor),
        new(Edit, Roles.Office),
        new(Declare, Roles.Office, Roles.Counsellor),
        new(Arrive, Roles.Office, Roles.Doctor, Roles.Guard),
        new(Observe, Roles.Doctor),
        new(Areas, Roles.Office, Roles.Doctor),
        new(Export, Roles.Office, Roles.Counsellor),
    ];
}
