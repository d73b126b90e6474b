using Tongxin.Core.Common;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;

namespace Tongxin.Screening.Tubes;

/// <summary>Somebody of a round's roll.</summary>
/// <param name="Room">As the roll says it; empty without a room.</param>
internal sealed record OnRoll(Guid Id, string Name, string Room);

/// <summary>Finds who is meant on the roll of a round, within reach: by the whole name or number, with the room before it where several are called so. Never by a telephone.</summary>
internal sealed class FindOnRoll(IRounds rounds, IPersons persons)
{
    private const int Most = 50;

    public async Task<Result<OnRoll>> FindAsync(Guid round, string? text, Actor actor, string permission, CancellationToken ct)
    {
        var words = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return TubeErrors.Person;
        var reach = await rounds.ReachAsync(actor, permission, ct);
        var found = await WhoAsync(round, words[^1], string.Join(' ', words[..^1]), reach, ct);
        return found switch
        {
            [var one] => one,
            [] => TubeErrors.NotOnRoll,
            _ => TubeErrors.Several(found.Count),
        };
    }

    private async Task<List<OnRoll>> WhoAsync(Guid round, string name, string room, RoundReach reach, CancellationToken ct)
    {
        if (room.Length > 0)
        {
            // The room leads: whoever lives there is few.
            var there = (await rounds.TargetsAsync(new TargetQuery(round, Text: room, Take: Most), reach, ct)).Rows;
            var names = await persons.NamesAsync([.. there.Select(t => t.Id)], ct);
            return [.. there.Where(t => names.GetValueOrDefault(t.Id) == name).Select(t => new OnRoll(t.Id, name, t.Label))];
        }

        var hits = (await persons.SearchAsync(name, Most, ct)).Where(p => p.Name == name || p.Number == name).DistinctBy(p => p.Id).ToDictionary(p => p.Id);
        var targets = await rounds.StatesAsync(round, hits.Keys, ct);
        return [.. targets.Values.Where(t => reach.Admits(t.CellId, t.PlacePath)).Select(t => new OnRoll(t.Id, hits[t.Id].Name, t.Label))];
    }
}
