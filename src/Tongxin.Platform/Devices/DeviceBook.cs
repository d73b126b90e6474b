using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.Platform.Devices;

/// <summary>A device as lists show it.</summary>
internal sealed record DeviceLine(
    Guid Id, string Name, DeviceKind Kind, string Holder, DateTimeOffset EnrolledAt, DateTimeOffset? LastSeenAt, DateTimeOffset LeaseUntil, DeviceState State, string? RevokedWhy);

/// <summary>The lists of devices: the office's and one's own.</summary>
internal sealed class DeviceBook(TongxinDb db, TimeProvider clock)
{
    public static readonly TableDefaults Defaults = new("-seen", FilterKeys: ["state", "kind"]);

    private static readonly TimeSpan OwnShown = TimeSpan.FromDays(30);

    /// <summary>
    /// All, or with a narrower right those of accounts of the own units and of accounts that hold a role in the own places, units or teams.
    /// </summary>
    public IQueryable<Device> Visible(Actor actor)
    {
        var scope = actor.ScopeOf(PlatformPermissions.ManageDevices);
        if (scope.Everything) return db.Set<Device>();
        var (units, any, now) = (scope.Units.ToList(), scope.Places.Concat(scope.Units).Concat(scope.Teams).ToList(), clock.GetUtcNow());
        return db.Set<Device>().Where(d =>
            db.Users.Any(a => a.Id == d.AccountId && a.UnitId != null && units.Contains(a.UnitId.Value))
            || db.Set<Grant>().Any(g => g.AccountId == d.AccountId && g.ScopeId != null && any.Contains(g.ScopeId.Value) && g.From <= now && (g.Until == null || g.Until > now)));
    }

    public async Task<(IReadOnlyList<DeviceLine> Rows, int Total)> ListAsync(TableQuery query, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = from device in Visible(actor).AsNoTracking()
                    join account in db.Users.AsNoTracking() on device.AccountId equals account.Id
                    select new { device, account.DisplayName };
        found = query.Filter("state") switch
        {
            "revoked" => found.Where(f => f.device.RevokedAt != null),
            "ended" => found.Where(f => f.device.RevokedAt == null && f.device.LeaseUntil <= now),
            _ => found.Where(f => f.device.RevokedAt == null && f.device.LeaseUntil > now),
        };
        if (query.Filter("kind") is { } word && Enum.TryParse<DeviceKind>(word, ignoreCase: true, out var kind)) found = found.Where(f => f.device.Kind == kind);
        if (query.Q is { Length: > 0 } text) found = found.Where(f => f.device.Name.Contains(text) || f.DisplayName.Contains(text));
        var total = await found.CountAsync(ct);
        var ordered = (query.Sort, query.Descending) switch
        {
            ("name", false) => found.OrderBy(f => f.device.Name),
            ("name", true) => found.OrderByDescending(f => f.device.Name),
            ("holder", false) => found.OrderBy(f => f.DisplayName),
            ("holder", true) => found.OrderByDescending(f => f.DisplayName),
            ("lease", false) => found.OrderBy(f => f.device.LeaseUntil),
            ("lease", true) => found.OrderByDescending(f => f.device.LeaseUntil),
            (_, false) => found.OrderBy(f => f.device.LastSeenAt),
            _ => found.OrderByDescending(f => f.device.LastSeenAt),
        };
        var page = await ordered.ThenBy(f => f.device.Id).Skip(query.Skip).Take(query.Size).ToListAsync(ct);
        return ([.. page.Select(f => Line(f.device, f.DisplayName, now))], total);
    }

    /// <summary>One's own: live ones and what ended lately.</summary>
    public async Task<IReadOnlyList<DeviceLine>> OwnAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now - OwnShown;
        var own = await db.Set<Device>().AsNoTracking().Where(d => d.AccountId == actor.AccountId && d.LeaseUntil > since)
            .OrderByDescending(d => d.EnrolledAt).ThenBy(d => d.Id).Take(DeviceSettings.MostLive).ToListAsync(ct);
        return [.. own.Select(d => Line(d, actor.Name, now))];
    }

    private static DeviceLine Line(Device device, string holder, DateTimeOffset now) => new(
        device.Id, device.Name, device.Kind, holder, device.EnrolledAt, device.LastSeenAt, device.LeaseUntil, device.StateAt(now), device.RevokedWhy);
}
