using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Booking;

/// <summary>A slot of a round with its figures.</summary>
/// <param name="Arrived">到场: came, or was sampled.</param>
/// <param name="Absent">缺席: the time is over and nobody came.</param>
internal sealed record SlotLine(Slot Slot, string Site, int Waiting, int Arrived, int Absent);

/// <summary>Somebody who has a slot.</summary>
/// <param name="ArrivedAt">When the person came; null: not yet.</param>
/// <param name="IsByHand">Somebody said so; it can be taken back.</param>
internal sealed record SlotPerson(Guid PersonId, string Name, string Room, BookingState State, DateTimeOffset? ArrivedAt, bool IsByHand);

/// <summary>Somebody to whom the slot can be given by hand.</summary>
/// <param name="Held">The slot held now; null: none.</param>
internal sealed record SlotCandidate(Guid PersonId, string Name, string Room, Slot? Held);

/// <summary>One slot and who of the own reach has it.</summary>
internal sealed record SlotView(TestingRound Round, SlotLine Line, IReadOnlyList<SlotPerson> People);

/// <summary>Reads slots for office and captains: figures of all, names of the own reach only.</summary>
internal sealed class ReadSlots(TongxinDb db, IRounds rounds, IPersons persons, TimeProvider clock)
{
    private const int MostCandidates = 20;

    public async Task<(TestingRound Round, IReadOnlyList<SlotLine> Lines)?> ListAsync(Guid round, Actor actor, CancellationToken ct) =>
        await RoundAsync(round, actor, ct) is { } found ? (found, await LinesAsync(s => s.RoundId == round && s.WithdrawnAt == null, ct)) : null;

    public async Task<SlotView?> FindAsync(Guid round, Guid slot, Actor actor, CancellationToken ct)
    {
        if (await RoundAsync(round, actor, ct) is not { } found) return null;
        var line = (await LinesAsync(s => s.RoundId == round && s.Id == slot, ct)).SingleOrDefault();
        if (line is null) return null;
        var reach = await rounds.ReachAsync(actor, BookingPermissions.Read, ct);
        var ids = await db.Set<SlotBooking>().AsNoTracking().Where(b => b.RoundId == round && b.SlotId == slot).Select(b => b.PersonId).ToListAsync(ct);
        var inside = (await rounds.StatesAsync(round, ids, ct)).Values.Where(t => reach.Admits(t.CellId, t.PlacePath)).OrderBy(t => t.SortKey, StringComparer.Ordinal).ToList();
        var names = await persons.NamesAsync(inside.ConvertAll(t => t.Id), ct);
        // A plan's slot and the own people in it: a slot without any of them is not there for who sees only those, and gives none.
        if (inside.Count == 0 && !reach.Everything && !actor.Can(BookingPermissions.Release)) return null;
        return new SlotView(found, line, await PeopleAsync(line.Slot, inside, names, ct));
    }

    /// <summary>Who matches a name, room or number, within the reach of who gives slots, and has not been sampled; whoever holds this slot is left out.</summary>
    public async Task<IReadOnlyList<SlotCandidate>> CandidatesAsync(Guid round, Guid slot, string text, Actor actor, CancellationToken ct)
    {
        var found = await persons.SearchAsync(text, MostCandidates, ct);
        var reach = await rounds.ReachAsync(actor, BookingPermissions.Release, ct);
        var own = (await rounds.StatesAsync(round, [.. found.Select(p => p.Id)], ct)).Values.Where(t => t.Status != TargetStatus.Done && reach.Admits(t.CellId, t.PlacePath)).ToDictionary(t => t.Id);
        var ids = own.Keys.ToList();
        var held = await (
            from b in db.Set<SlotBooking>().AsNoTracking()
            join s in db.Set<Slot>() on b.SlotId equals (Guid?)s.Id
            where b.RoundId == round && ids.Contains(b.PersonId)
            select new { b.PersonId, Slot = s }).ToDictionaryAsync(h => h.PersonId, h => h.Slot, ct);
        return [.. found.Where(p => own.ContainsKey(p.Id) && held.GetValueOrDefault(p.Id)?.Id != slot).Select(p => new SlotCandidate(p.Id, p.Name, own[p.Id].Label, held.GetValueOrDefault(p.Id)))];
    }

    /// <summary>The slots of a site on a campus day: figures alone, for whoever works there.</summary>
    public async Task<IReadOnlyList<SlotLine>> OfSiteAsync(Guid site, DateOnly day, CancellationToken ct)
    {
        var (from, until) = (CampusCalendar.StartOf(day), CampusCalendar.StartOf(day.AddDays(1)));
        return await LinesAsync(s => s.SiteId == site && s.WithdrawnAt == null && s.From >= from && s.From < until, ct);
    }

    /// <summary>These people as holders of a slot.</summary>
    public async Task<IReadOnlyList<SlotPerson>> PeopleAsync(Slot slot, IReadOnlyList<TargetView> targets, IReadOnlyDictionary<Guid, string> names, CancellationToken ct)
    {
        var come = await db.Set<SlotArrival>().AsNoTracking().Where(a => a.SlotId == slot.Id).ToDictionaryAsync(a => a.PersonId, ct);
        var now = clock.GetUtcNow();
        return [.. targets.Select(t =>
        {
            var arrival = come.GetValueOrDefault(t.Id);
            return new SlotPerson(t.Id, names.GetValueOrDefault(t.Id) ?? "", t.Label, BookingStates.Of(t.Status, slot.Until, arrival?.At, now), arrival?.At, arrival?.AccountId is not null);
        })];
    }

    private async Task<TestingRound?> RoundAsync(Guid round, Actor actor, CancellationToken ct) =>
        await rounds.FindAsync(round, await rounds.ReachAsync(actor, BookingPermissions.Read, ct), ct) is { Kind: RoundKind.Testing }
            ? await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == round, ct) : null;

    private async Task<IReadOnlyList<SlotLine>> LinesAsync(System.Linq.Expressions.Expression<Func<Slot, bool>> which, CancellationToken ct)
    {
        var slots = await db.Set<Slot>().AsNoTracking().Where(which).OrderBy(s => s.From).ThenBy(s => s.SiteId).ThenBy(s => s.Lane).ToListAsync(ct);
        var ids = slots.ConvertAll(s => s.Id);
        var waiting = await db.Set<SlotBooking>().Where(b => b.WaitsFor != null && ids.Contains(b.WaitsFor.Value)).GroupBy(b => b.WaitsFor).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        var sites = await db.Set<TestingSite>().AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var (arrived, absent) = await CountAsync(slots, ids, ct);
        return slots.ConvertAll(s => new SlotLine(s, sites[s.SiteId], waiting.Find(w => w.Key == s.Id)?.Count ?? 0, arrived.GetValueOrDefault(s.Id), absent.GetValueOrDefault(s.Id)));
    }

    /// <summary>Who came is counted by the database; of those who did not, the round is asked only once their slot has begun.</summary>
    private async Task<(Dictionary<Guid, int> Arrived, Dictionary<Guid, int> Absent)> CountAsync(List<Slot> slots, List<Guid> ids, CancellationToken ct)
    {
        var arrivals = db.Set<SlotArrival>().AsNoTracking();
        var bookings = db.Set<SlotBooking>().AsNoTracking();
        var arrived = await arrivals.Where(a => ids.Contains(a.SlotId) && bookings.Any(b => b.RoundId == a.RoundId && b.PersonId == a.PersonId && b.SlotId == a.SlotId))
            .GroupBy(a => a.SlotId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var absent = new Dictionary<Guid, int>();
        var now = clock.GetUtcNow();
        foreach (var ofRound in slots.Where(s => s.From <= now).GroupBy(s => s.RoundId))
        {
            var begun = ofRound.ToDictionary(s => s.Id);
            var keys = begun.Keys.ToList();
            var missing = await bookings.Where(b => b.SlotId != null && keys.Contains(b.SlotId.Value) && !arrivals.Any(a => a.SlotId == b.SlotId && a.PersonId == b.PersonId))
                .Select(b => new { b.PersonId, b.SlotId }).ToListAsync(ct);
            var states = await rounds.StatesAsync(ofRound.Key, missing.ConvertAll(m => m.PersonId), ct);
            foreach (var booking in missing)
            {
                if (booking.SlotId is not { } slot || !states.TryGetValue(booking.PersonId, out var target)) continue;
                var state = BookingStates.Of(target.Status, begun[slot].Until, null, now);
                if (state == BookingState.Sampled) arrived[slot] = arrived.GetValueOrDefault(slot) + 1;
                if (state == BookingState.Absent) absent[slot] = absent.GetValueOrDefault(slot) + 1;
            }
        }
        return (arrived, absent);
    }
}
