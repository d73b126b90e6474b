using Tongxin.Access.Gates.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Access.Gates;

/// <summary>What is wrong with a gate now.</summary>
internal enum GateAlarm
{
    /// <summary>A small gate that is neither guarded nor sealed.</summary>
    SmallOpen,

    /// <summary>It is to be guarded, and no post guards it.</summary>
    NoPost,

    /// <summary>It is open by its hours, and no turn runs at its post.</summary>
    NoShift,

    /// <summary>A turn runs, and nobody is there.</summary>
    Unmanned,
}

/// <summary>A gate at this minute.</summary>
/// <param name="Guards">The posts that guard it.</param>
internal sealed record GateNow(Gate Gate, string Place, bool IsOpen, IReadOnlyList<StaffedPost> Guards, GateAlarm? Alarm)
{
    public IEnumerable<PersonOnPost> Here => Guards.SelectMany(g => g.Here).DistinctBy(p => p.PersonId);
}

/// <summary>Who guards which gate now; a gate that should be guarded and is not is an alarm.</summary>
internal sealed class GateWatch(GateSight sight, IPostsNow posts, IPlaces places, TimeProvider clock)
{
    public async Task<int> CountAlarmsAsync(Actor actor, CancellationToken ct) =>
        (await ReadAsync(actor, GatePermissions.Read, ct)).Count(g => g.Alarm is not null);

    /// <summary>Alarms first, then by name.</summary>
    public async Task<IReadOnlyList<GateNow>> ReadAsync(Actor actor, string permission, CancellationToken ct)
    {
        var gates = await sight.GatesAsync(actor, permission, ct);
        if (gates.Count == 0) return [];
        var now = clock.GetUtcNow();
        var all = await places.ListAsync(ct);
        // The post of a gate may stand at another place than the gate itself.
        var staffed = await posts.AtAsync([.. all.Select(p => p.Id)], ct);
        var names = all.ToDictionary(p => p.Id, p => p.Name);
        return
        [
            .. gates.Select(g =>
            {
                List<StaffedPost> guards = [.. staffed.Where(p => g.PostId is { } own ? p.Id == own : p.PlaceId == g.PlaceId)];
                return new GateNow(g, names.GetValueOrDefault(g.PlaceId) ?? "", g.IsOpenAt(now), guards, AlarmOf(g, guards, now));
            }).OrderBy(g => g.Alarm is null),
        ];
    }

    public static GateAlarm? AlarmOf(Gate gate, IReadOnlyList<StaffedPost> guards, DateTimeOffset now) => gate.State switch
    {
        GateState.Sealed => null,
        GateState.Open => gate.Kind == GateKind.Small ? GateAlarm.SmallOpen : null,
        _ when !gate.IsOpenAt(now) => null,
        _ when guards.Count == 0 => GateAlarm.NoPost,
        _ when guards.Any(g => g.Here.Count > 0) => null,
        _ => guards.Any(g => g.Needed > 0) ? GateAlarm.Unmanned : GateAlarm.NoShift,
    };
}
