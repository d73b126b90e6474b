using Tongxin.Access.Contracts;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Rounds;

/// <summary>Whom a round asks. No places and no categories: everybody within reach.</summary>
internal sealed record Choice(IReadOnlyList<Guid> Places, IReadOnlyList<PersonCategory> Categories, bool WithoutRoom, int PoolSize)
{
    /// <summary>Buildings of a controlled area: who lives there shares a tube with fewer.</summary>
    public IReadOnlyList<Guid> Controlled { get; init; } = [];
}

/// <summary>Somebody chosen, with lane and tube.</summary>
internal sealed record Chosen(RollEntry Who, SamplingLane Lane, PersonClass PoolClass, int PoolSize, bool IsAway);

/// <summary>
/// Who is to be sampled, and how: home visits for who cannot walk, a lane apart for who is under a yellow or red measure, the green
/// lane for the aged, pregnant, newborn, disabled and very ill. What makes somebody a case is never asked for twice: register and measures know it.
/// </summary>
internal sealed class ChooseMembers(IPersons persons, IPlaces places, IRounds rounds, IRestrictions restrictions, IProtocolsInForce protocols, IAwayPersons away, TimeProvider clock)
{
    public const int Aged = 60;

    private const int Chunk = 1000;

    private static readonly CareKind[] GreenNeeds = [CareKind.Pregnant, CareKind.Newborn, CareKind.Dialysis, CareKind.Chemotherapy, CareKind.Disabled];

    public async Task<IReadOnlyList<Chosen>> ExecuteAsync(Choice choice, Actor actor, CancellationToken ct)
    {
        var reach = await rounds.ReachAsync(actor, TestingPermissions.Open, ct);
        var estate = await places.ListAsync(ct);
        var (paths, controlled) = (PathsOf(choice.Places), PathsOf(choice.Controlled));
        List<RollEntry> roll = [.. (await persons.RollAsync(ct)).Where(IsChosen)];
        var apart = await ApartAsync(roll.ConvertAll(r => r.PersonId), ct);
        var absent = await away.NotBackAsync(ct);
        return [.. roll.Select(r =>
        {
            var lane = r.Care.Contains(CareKind.LimitedMobility) ? SamplingLane.Home
                : apart.ContainsKey(r.PersonId) ? SamplingLane.Apart
                : r.Age >= Aged || r.Care.Any(GreenNeeds.Contains) ? SamplingLane.Green
                : SamplingLane.Normal;
            var pool = apart.GetValueOrDefault(r.PersonId, IsWithin(r.PlacePath, controlled) ? PersonClass.Controlled : PersonClass.Other);
            // A sealed household is a tube of its own, whatever its number.
            var size = pool == PersonClass.SealedHousehold ? PoolSize.Largest : Math.Min(choice.PoolSize, PoolSize.MostFor(pool));
            return new Chosen(r, lane, pool, size, absent.Contains(r.PersonId));
        })];

        bool IsChosen(RollEntry r)
        {
            if (choice.Categories.Count > 0 && !choice.Categories.Contains(r.Category)) return false;
            if (r.PlacePath is not { } path) return choice is { WithoutRoom: true, Places.Count: 0 } && reach.Everything;
            return reach.Admits(Guid.Empty, path) && (choice.Places.Count == 0 || IsWithin(path, paths));
        }

        List<string> PathsOf(IReadOnlyList<Guid> chosen) => [.. estate.Where(p => chosen.Contains(p.Id)).Select(p => p.Path)];
    }

    private static bool IsWithin(string? path, List<string> places) => path is not null && places.Exists(p => path.StartsWith(p, StringComparison.Ordinal));

    // At an isolation point alone, at home with the household, on other grounds alone.
    private static PersonClass ClassOf(MeasureKind kind) => kind switch
    {
        MeasureKind.CaseIsolation or MeasureKind.CentralObservation => PersonClass.Isolation,
        MeasureKind.HomeObservation or MeasureKind.HomeMonitoring => PersonClass.SealedHousehold,
        _ => PersonClass.Key,
    };

    /// <summary>Those whose measures make them yellow or red, or, where no edition says what they mean, those who were told to stay at home.</summary>
    private async Task<Dictionary<Guid, PersonClass>> ApartAsync(List<Guid> people, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var edition = await protocols.AtAsync(now, ct);
        var found = new Dictionary<Guid, PersonClass>();
        foreach (var some in people.Chunk(Chunk))
        {
            foreach (var measure in await restrictions.ActiveAsync(some, now, ct))
            {
                var isApart = edition?.RuleFor(measure.Kind) is { } rule
                    ? rule.Colour is Colour.Yellow or Colour.Red
                    : measure.Kind is not (MeasureKind.Monitoring or MeasureKind.SelfMonitoring);
                if (!isApart) continue;
                var pool = ClassOf(measure.Kind);
                if (!found.TryGetValue(measure.PersonId, out var known) || pool > known) found[measure.PersonId] = pool;
            }
        }
        return found;
    }
}
