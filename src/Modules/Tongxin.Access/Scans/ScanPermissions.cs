namespace Tongxin.Access.Scans;

/// <summary>Permissions of scans. Who may read them is said by the gates.</summary>
public static class ScanPermissions
{
    /// <summary>Record what a gate saw, at the gates within reach.</summary>
    public const string Record = "access.scans.record";
}
