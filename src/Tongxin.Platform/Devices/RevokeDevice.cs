using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Devices;

/// <summary>Takes a device back: refused on this node at once, on others within five seconds, emptied at its next contact.</summary>
internal sealed class RevokeDevice(TongxinDb db, DeviceBook book, DeviceRegister register, TimeProvider clock)
{
    private const int LongestWhy = 200;

    /// <summary>By whoever looks after devices; those out of scope are not there.</summary>
    public async Task<Result> ExecuteAsync(Guid id, string? why, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(why) || why.Length > LongestWhy) return Error.Invalid("platform.reason.missing");
        return await book.Visible(actor).SingleOrDefaultAsync(d => d.Id == id, ct) is { } device
            ? await RevokeAsync(device, why.Trim(), actor, ct)
            : Error.NotFound("platform.device.none");
    }

    /// <summary>One's own, or a device its own self: no reason is asked for.</summary>
    public async Task<Result> OwnAsync(Guid id, string? why, Actor actor, CancellationToken ct) =>
        await db.Set<Device>().SingleOrDefaultAsync(d => d.Id == id && d.AccountId == actor.AccountId, ct) is { } device
            ? await RevokeAsync(device, string.IsNullOrWhiteSpace(why) ? null : why.Trim(), actor, ct)
            : Error.NotFound("platform.device.none");

    private async Task<Result> RevokeAsync(Device device, string? why, Actor actor, CancellationToken ct)
    {
        if (device.RevokedAt is not null) return Error.Conflict("platform.device.already");
        device.Revoke(actor.AccountId, why ?? "", clock.GetUtcNow());
        db.Record(actor, "platform.device.revoked", "device", device.Id, why, new { account = device.AccountId });
        await db.CommitAsync(ct);
        register.Forget(device.Id);
        return Result.Ok;
    }
}
