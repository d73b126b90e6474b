using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking;
using Tongxin.Screening.HomeVisits.Data;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.HomeVisits;

/// <summary>How home visits are to be made.</summary>
/// <param name="StartsAt">When the teams set out.</param>
/// <param name="Teams">1 to 20.</param>
/// <param name="MinutesADoor">With the way to it, 2 to 60.</param>
internal sealed record HomePlan(DateTimeOffset StartsAt, int Teams, int MinutesADoor);

/// <summary>
/// Gives everybody who is to be sampled at home a time: the walking order cut into a part for each team. Nobody is left out: it does all of them or
/// none. Who is sampled, excused or refuses with words has none and needs none.
/// </summary>
internal sealed class PlanHomes(TongxinDb db, ReadHomes homes, IRounds rounds, TellTesting tell, TimeProvider clock)
{
    public const int MostTeams = 20;
    public const int LeastMinutes = 2;
    public const int MostMinutes = 60;

    private const int SlotMinutes = 30;

    public async Task<Result> ExecuteAsync(Guid round, HomePlan plan, Actor actor, CancellationToken ct)
    {
        // For the whole round only: a part planned by itself would take the teams of another.
        if (await rounds.WholeAsync(round, HomePermissions.Plan, actor, ct) is null || await homes.ListAsync(round, actor, ct, HomePermissions.Plan) is not { } list) return HomeErrors.NotFound;
        if (list.View.Round.ClosedAt is not null) return HomeErrors.Closed;
        if (plan.Teams is < 1 or > MostTeams) return HomeErrors.Teams;
        if (plan.MinutesADoor is < LeastMinutes or > MostMinutes) return HomeErrors.Minutes;
        var (now, testing) = (clock.GetUtcNow(), list.View.Testing);
        if (plan.StartsAt < testing.StartsAt || plan.StartsAt < now || plan.StartsAt >= testing.EndsAt) return HomeErrors.Window;

        var due = list.People.Where(p => p.State is HomeState.Forgotten or HomeState.Planned).ToList();
        if (due.Count == 0) return HomeErrors.Nobody;
        var behind = due.ToLookup(p => p.DoorId);
        // The list is in walking order already, and so are its doors; time goes by the door, so each counts as one.
        var route = due.DistinctBy(p => p.DoorId).Select(p => new HomeDoor(p.DoorId, Guid.Empty, "", "", 1)).ToList();
        var parts = HomeRoute.Cut(route, plan.Teams);
        var room = (int)((testing.EndsAt - plan.StartsAt).TotalMinutes / plan.MinutesADoor);
        if (parts.Max(p => p.Count) > room) return room == 0 ? HomeErrors.Window : HomeErrors.TooLong((route.Count + room - 1) / room);
        return await StoreAsync(round, plan, parts, behind, actor, now, ct);
    }

    private async Task<Result> StoreAsync(
        Guid round, HomePlan plan, IReadOnlyList<IReadOnlyList<HomeDoor>> parts, ILookup<Guid, HomePerson> behind, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var known = await db.Set<HomeVisit>().Where(v => v.RoundId == round).ToDictionaryAsync(v => v.PersonId, ct);
        var told = new List<Told>();
        for (var team = 0; team < parts.Count; team++)
        {
            for (var stop = 0; stop < parts[team].Count; stop++)
            {
                var from = HalfHour(plan.StartsAt, plan.StartsAt.AddMinutes(stop * plan.MinutesADoor));
                foreach (var person in behind[parts[team][stop].Id])
                {
                    if (!known.TryGetValue(person.PersonId, out var visit)) db.Add(visit = HomeVisit.Of(round, person.PersonId));
                    if (visit.Set(team + 1, stop + 1, from, actor.AccountId, now)) told.Add(new Told(person.PersonId, TellTesting.Text(from)));
                }
            }
        }
        tell.Tell(round, "note.home-slot", told);
        db.Record(actor, "screening.home.planned", "round", round, details: new { doors = parts.Sum(p => p.Count), people = behind.Sum(d => d.Count()), plan.Teams, plan.MinutesADoor, told = told.Count });
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            db.Forget();
            return HomeErrors.Changed;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            db.Forget();
            return HomeErrors.Changed;
        }
    }

    /// <summary>The start of the half hour, counted from when the teams set out.</summary>
    private static DateTimeOffset HalfHour(DateTimeOffset start, DateTimeOffset at) => start.AddMinutes(Math.Floor((at - start).TotalMinutes / SlotMinutes) * SlotMinutes);
}
