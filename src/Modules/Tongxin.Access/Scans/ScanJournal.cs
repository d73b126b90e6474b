using Tongxin.Access.Scans.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Scans;

/// <summary>One entry for each transaction: how many, from which devices. Each scan itself says its device and account.</summary>
internal static class ScanJournal
{
    private const int MostNamed = 4;

    public static GroupJournal Of(IReadOnlyList<Scan> scans)
    {
        var devices = new HashSet<Guid>();
        var account = scans[0].AccountId;
        foreach (var scan in scans)
        {
            if (scan.DeviceId is { } device) devices.Add(device);
            if (scan.AccountId != account) account = Guid.Empty;
        }
        return new GroupJournal(Actor.System with { AccountId = account }, "access.scans.recorded", "scan",
            devices.Count <= MostNamed ? new { devices } : new { devices = devices.Count });
    }
}
