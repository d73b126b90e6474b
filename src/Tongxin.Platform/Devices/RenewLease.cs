using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Devices;

/// <summary>Until when a device may work without contact, and what the server's clock says.</summary>
internal sealed record LeaseAnswer(DateTimeOffset LeaseUntil, DateTimeOffset Now);

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
        return new LeaseAnswer(device.LeaseUntil, now);
    }
}
