using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Screening.Laboratory;

/// <summary>Who may do what with results and rechecks.</summary>
internal static class LaboratoryPermissions
{
    /// <summary>Sees files and why they wait.</summary>
    public const string Read = "screening.results.read";

    /// <summary>Brings a file, looks at it again, puts it away.</summary>
    public const string Upload = "screening.results.upload";

    /// <summary>Publishes a file as a whole.</summary>
    public const string Publish = "screening.results.publish";

    /// <summary>Sees who is to be rechecked, and notes calls and visits.</summary>
    public const string Follow = "screening.rechecks.follow";

    /// <summary>Reads a single result: contact or not, case or doubt.</summary>
    public const string Judge = "screening.rechecks.judge";

    public static IReadOnlyList<Permission> All =>
    [
        new(Read, Roles.Office, Roles.DutyLeader, Roles.Doctor),
        new(Upload, Roles.Office, Roles.Doctor),
        new(Publish, Roles.Office, Roles.Doctor),
        new(Follow, Roles.Office, Roles.DutyLeader, Roles.Doctor),
        new(Judge, Roles.Doctor),
    ];
}
