using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Devices;

/// <summary>A device and its token, which is stored nowhere.</summary>
internal sealed record EnrolledDevice(Guid DeviceId, string Token, DateTimeOffset LeaseUntil, DateTimeOffset Now);

/// <summary>Makes a device of the account that is signed in.</summary>
internal sealed class EnrolDevice(TongxinDb db, PermissionCatalogue catalogue, DeviceSettings settings, TimeProvider clock)
{
    private const int LongestName = 64;

    public async Task<Result<EnrolledDevice>> ExecuteAsync(string? name, string? kind, Actor actor, CancellationToken ct)
    {
        name = name?.Trim();
        if (name is not { Length: > 0 and <= LongestName } || name.Any(char.IsControl)) return Error.Invalid("platform.device.name");
        if (KindOf(kind) is not { } known) return Error.Invalid("platform.device.kind");
        if (!actor.Grants.SelectMany(g => g.Permissions).Any(catalogue.IsForDevices)) return Error.Forbidden("platform.device.no-use");

        var now = clock.GetUtcNow();
        if (await db.Set<Device>().CountAsync(d => d.AccountId == actor.AccountId && d.RevokedAt == null && d.LeaseUntil > now, ct) >= DeviceSettings.MostLive)
            return Error.Conflict("platform.device.too-many", DeviceSettings.MostLive);
        var stamp = await db.Users.Where(a => a.Id == actor.AccountId).Select(a => a.SecurityStamp).SingleAsync(ct);
        var (device, token) = Device.Enrol(actor.AccountId, name, known, stamp, now, settings.Lease);
        db.Add(device);
        db.Record(actor, "platform.device.enrolled", "device", device.Id, details: new { account = actor.AccountId, kind = known.ToString(), device.LeaseUntil });
        await db.CommitAsync(ct);
        return new EnrolledDevice(device.Id, token, device.LeaseUntil, now);
    }

    private static DeviceKind? KindOf(string? word) => word switch { "phone" => DeviceKind.Phone, "reader" => DeviceKind.Reader, _ => null };
}
