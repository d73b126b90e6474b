using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Screening.Registers;

/// <summary>Permissions of the sheets of a round.</summary>
internal static class SheetPermissions
{
    /// <summary>See, print and download sheets, masked; the own cells or places only.</summary>
    public const string Read = "screening.sheets.read";

    /// <summary>Ask for a sheet in the clear; a second person decides.</summary>
    public const string Export = "screening.sheets.export";

    public static IReadOnlyList<Permission> All =>
    [
        new(Read, Roles.Office, Roles.Doctor, Roles.Captain),
        new(Export, Roles.Office, Roles.Doctor, Roles.Captain),
    ];
}
