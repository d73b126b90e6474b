using Microsoft.Extensions.Localization;
using Tongxin.Core.Text;
using Tongxin.Grid.CaptainList;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.FieldPack;

/// <summary>The same doors as the captain's page shows, all of them at once.</summary>
internal sealed class ReadRoundPack(Doors doors, IStringLocalizer<GridText> texts, TimeProvider clock)
{
    // A team has some thirty doors. Whoever answers for everything works at a desk and gets none on a phone.
    private const int MostDoors = 400;

    public async Task<RoundPack> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var rounds = new List<PackRound>();
        if (!actor.ScopeOf(GridPermissions.RecordVisits).Everything && await doors.HeadAsync(null, null, actor, ct) is { } first)
        {
            foreach (var round in first.Open)
            {
                doors.Forget();
                if (await doors.HeadAsync(round.Id, null, actor, ct) is not { } head) continue;
                rounds.Add(new PackRound(round.Id, round.Number, round.Title, round.DueAt, await DoorsAsync(head, actor, now, ct)));
            }
        }
        return new RoundPack(now, rounds);
    }

    private async Task<List<PackDoor>> DoorsAsync(DoorListing head, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var all = new List<PackDoor>();
        for (var page = 1; all.Count < Math.Min(head.Balance.Targets, MostDoors); page++)
        {
            var read = await doors.ListAsync(head, null, page, actor, ct);
            if (read.Count == 0) break;
            all.AddRange(read.Select(d => Pack(d, now)));
        }
        return all;
    }

    private PackDoor Pack(Door door, DateTimeOffset now) => new(
        door.Target.TargetId, door.Target.Label, door.Home?.HeadName is { Length: > 0 } head ? Mask.Name(head) : null, door.Home?.Residents ?? 0, door.Responsible,
        [.. door.Care.Select(c => new PackCare(c.ToString(), texts[$"care.{c}"]))], door.IsOpenAt(now),
        door.Target.Result?.ToString(), door.Target.DecidedBy, door.Target.LastSeenAt, door.Target.Attempts, door.Target.IsEscalated, door.Target.NextFrom);
}
