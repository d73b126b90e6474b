using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Devices;

/// <summary>Until when a device may work without contact, what the server's clock says, and what there is to do for its account now.</summary>
/// <param name="May">The permissions that the device works by: a role given or ended since it was enrolled shows here.</param>
internal sealed record LeaseAnswer(DateTimeOffset LeaseUntil, DateTimeOffset Now, IReadOnlyList<string> May);

/// <summary>The contact of a live device: its lease begins anew.</summary>
internal sealed class RenewLease(TongxinDb db, DeviceRegister register, DeviceSettings settings, TimeProvider clock)
{
    // A device that asks each minute does not write each minute.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    public async Task<LeaseAnswer> ExecuteAsync(DeviceSession session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var device = await db.Set<Device>().SingleAsync(d => d.Id == session.DeviceId, ct);
        if (device.LeaseUntil < now + settings.Lease - Step)
        {
            device.Renew(now, settings.Lease);
            db.Record(session.Actor, "platform.device.renewed", "device", device.Id, details: new { device.LeaseUntil });
            await db.CommitAsync(ct);
            register.Forget(device.Id);
        }
        return new LeaseAnswer(device.LeaseUntil, now, [.. session.Actor.Grants.SelectMany(g => g.Permissions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }
}
