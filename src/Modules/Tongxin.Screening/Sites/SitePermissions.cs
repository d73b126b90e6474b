using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Screening.Sites;

/// <summary>Permissions of sites.</summary>
internal static class SitePermissions
{
    /// <summary>See sites, tables and who is there: samplers and whoever is on duty the own ones only.</summary>
    public const string Read = "screening.sites.read";

    /// <summary>Make and change sites and tables.</summary>
    public const string Edit = "screening.sites.edit";

    /// <summary>The own sites in the menu of the post.</summary>
    public const string Post = "screening.sites.post";

    public static IReadOnlyList<Permission> All =>
    [
        new(Read, Roles.Office, Roles.DutyLeader, Roles.Doctor, Roles.Sampler, Roles.OnDuty),
        new(Edit, Roles.Office),
        new(Post, Roles.Sampler),
    ];
}
