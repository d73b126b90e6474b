using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Absentees;
using Tongxin.Screening.Absentees.Data;
using Tongxin.Screening.HomeVisits.Data;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.HomeVisits;

/// <summary>Where somebody who is to be sampled at home stands.</summary>
internal enum HomeState
{
    /// <summary>Has neither a time nor a documented refusal: somebody is forgotten.</summary>
    Forgotten,

    /// <summary>Has a time.</summary>
    Planned,

    /// <summary>Refused, with words on record.</summary>
    Refused,

    /// <summary>Excused, with a reason on record.</summary>
    Excused,

    /// <summary>Sampled.</summary>
    Done,
}

/// <summary>Somebody who is sampled at home.</summary>
/// <param name="Reason">Of an excuse or a refusal, as it is kept.</param>
internal sealed record HomePerson(TargetView Target, Guid? HouseholdId, string Name, string Building, HomeState State, string? Reason, HomeVisit? Visit)
{
    public Guid PersonId => Target.Id;

    /// <summary>The household's door; the person where there is none.</summary>
    public Guid DoorId => HouseholdId ?? Target.Id;
}

/// <summary>The list in walking order.</summary>
internal sealed record HomeList(TestingView View, IReadOnlyList<HomePerson> People)
{
    public int Of(HomeState state) => People.Count(p => p.State == state);
}

/// <summary>Who is to be sampled at home: the lane of the roll (行动不便), and whom somebody arranged it for.</summary>
internal sealed class ReadHomes(TongxinDb db, ReadTesting testing, IRounds rounds, IPlaces places, IPersons persons, ReadAbsentees absentees, TimeProvider clock)
{
    public async Task<HomeList?> ListAsync(Guid round, Actor actor, CancellationToken ct, string permission = HomePermissions.Read)
    {
        if (await testing.FindAsync(round, actor, ct, permission) is not { } view) return null;
        var reach = await rounds.ReachAsync(actor, permission, ct);
        var arranged = await absentees.ArrangedHomeAsync(round, ct);
        var lane = await db.Set<Member>().AsNoTracking().Where(m => m.RoundId == round && m.Lane == SamplingLane.Home).Select(m => m.PersonId).ToListAsync(ct);
        var ids = lane.Concat(arranged).Distinct().ToList();
        var targets = (await rounds.StatesAsync(round, ids, ct)).Values.Where(t => reach.Admits(t.CellId, t.PlacePath)).ToList();
        var own = targets.ConvertAll(t => t.Id);
        var homes = new Dictionary<Guid, Guid?>();
        foreach (var some in own.Chunk(1000))
            foreach (var member in await db.Set<Member>().AsNoTracking().Where(m => m.RoundId == round && some.Contains(m.PersonId)).Select(m => new { m.PersonId, m.HouseholdId }).ToListAsync(ct)) homes[member.PersonId] = member.HouseholdId;
        var visits = await db.Set<HomeVisit>().AsNoTracking().Where(v => v.RoundId == round).ToDictionaryAsync(v => v.PersonId, ct);
        var steps = await absentees.StepsAsync(round, own, ct);
        var names = await persons.NamesAsync(own, ct);
        var byId = (await places.ListAsync(ct)).ToDictionary(p => p.Id);

        var people = targets.Where(t => homes.ContainsKey(t.Id)).Select(t =>
        {
            var (state, reason) = Standing(t, AbsentState.Of(steps[t.Id]), visits.GetValueOrDefault(t.Id));
            return new HomePerson(t, homes[t.Id], names.GetValueOrDefault(t.Id) ?? "", byId.BuildingOf(t.PlaceId)?.Name ?? "", state, reason, visits.GetValueOrDefault(t.Id));
        }).ToList();
        return new HomeList(view, InOrder(people, byId));
    }

    /// <summary>Open rounds that run today within the actor's reach, the one that begins first on top.</summary>
    public async Task<IReadOnlyList<TestingView>> TodayAsync(Actor actor, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var (from, until) = (CampusCalendar.StartOf(today), CampusCalendar.StartOf(today.AddDays(1)));
        var own = (await rounds.ListAsync(RoundKind.Testing, await rounds.ReachAsync(actor, HomePermissions.Read, ct), ct)).Where(r => r.ClosedAt is null).ToDictionary(r => r.Id);
        var ids = own.Keys.ToList();
        var running = await db.Set<TestingRound>().AsNoTracking().Where(r => ids.Contains(r.Id) && r.StartsAt < until && r.EndsAt > from).OrderBy(r => r.StartsAt).ThenBy(r => r.Id).ToListAsync(ct);
        return running.ConvertAll(r => new TestingView(own[r.Id], r));
    }

    /// <summary>
    /// A refusal is documented by words: said to whoever called, or on record as the reason of an excuse. A later arrangement (she may come after all) takes
    /// its place.
    /// </summary>
    private static (HomeState State, string? Reason) Standing(TargetView target, AbsentState steps, HomeVisit? visit)
    {
        if (target.Status == TargetStatus.Done) return (HomeState.Done, null);
        if (target.Status == TargetStatus.Excused) return (HomeState.Excused, target.Reason);
        var isAgain = steps.Arranged is { Arrangement: AbsentArrangement.Home } again && steps.Contact is { } contact && again.At > contact.At;
        if (!isAgain && steps.Contact is { Contact: AbsentContact.Refused, ReasonText: { } words }) return (HomeState.Refused, words);
        return visit is null ? (HomeState.Forgotten, null) : (HomeState.Planned, null);
    }

    private static IReadOnlyList<HomePerson> InOrder(List<HomePerson> people, Dictionary<Guid, PlaceView> byId)
    {
        var doors = people.GroupBy(p => p.DoorId).Select(g => DoorOf(g.First(), g.Count(), byId)).ToList();
        var buildings = doors.Select(d => byId.GetValueOrDefault(d.BuildingId)).OfType<PlaceView>().DistinctBy(b => b.Id)
            .Select(b => new HomeBuilding(b.Id, b.SortKey, b.X is { } x ? x + (b.Width.GetValueOrDefault() / 2) : null, b.Y is { } y ? y + (b.Height.GetValueOrDefault() / 2) : null));
        var behind = people.ToLookup(p => p.DoorId);
        return [.. HomeRoute.Order(doors, buildings).SelectMany(d => behind[d.Id].OrderBy(p => p.Target.SortKey, StringComparer.Ordinal).ThenBy(p => p.PersonId))];
    }

    private static HomeDoor DoorOf(HomePerson person, int people, IReadOnlyDictionary<Guid, PlaceView> byId)
    {
        var at = byId.GetValueOrDefault(person.Target.PlaceId);
        var label = person.Target.Label;
        return new HomeDoor(
            person.DoorId, byId.BuildingOf(person.Target.PlaceId)?.Id ?? Guid.Empty, at is { Kind: PlaceKind.Entrance } ? at.SortKey : "", label[(label.LastIndexOf('-') + 1)..], people);
    }
}
