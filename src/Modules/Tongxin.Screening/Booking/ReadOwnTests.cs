using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Booking;

/// <summary>What a test came to: for the person, and for who answers for a child.</summary>
internal sealed record TestShown(TestStatus Status, DateTimeOffset? At);

/// <summary>Where tests stand; the part that keeps tubes brings it. Several may answer, the last one wins.</summary>
internal interface ITestResults
{
    /// <summary>Those of these persons in these rounds about which something is known.</summary>
    Task<IReadOnlyDictionary<(Guid Round, Guid Person), TestShown>> FindAsync(IReadOnlyCollection<Guid> rounds, IReadOnlyCollection<Guid> persons, CancellationToken ct);
}

/// <summary>When and where, as the own page shows it.</summary>
internal sealed record SlotShown(Guid Id, DateTimeOffset From, DateTimeOffset Until, SamplingLane Lane, string Site, string? Spot, int Free);

/// <summary>One round of one person.</summary>
/// <param name="PersonId">The entry that is on the roll.</param>
/// <param name="Result">Null: nothing is known, or it is not for the reader.</param>
/// <param name="IsResultKept">There is one, for the person alone.</param>
internal sealed record OwnTest(
    TestingRound Round, Guid PersonId, string Name, SamplingLane Lane, TargetStatus Status, string? Reason, SlotShown? Slot, SlotShown? WaitsFor, TestShown? Result, bool IsResultKept = false, DateTimeOffset? ArrivedAt = null, bool IsMarked = false)
{
    public bool MayChange(DateTimeOffset now) => Round.ClosedAt is null && now < Round.EndsAt && Status != TargetStatus.Done && Lane != SamplingLane.Home;

    /// <summary>缺席: the time is over and nobody was sampled. Another slot can be chosen, or the sample is taken later.</summary>
    public bool IsMissed(DateTimeOffset now) => State(now) == BookingState.Absent;

    public BookingState State(DateTimeOffset now) => BookingStates.Of(Status, Slot?.Until, ArrivedAt, now);

    public string Address => $"/my-tests/{Round.Id}/{PersonId}";
}

/// <summary>A note that has not been read, or was read just now.</summary>
internal sealed record OwnNote(string Name, string What, string? Arg, DateTimeOffset At);

/// <summary>我的检测: the own rounds and those of the family at home.</summary>
internal sealed class ReadOwnTests(TongxinDb db, OwnPersons own, IRounds rounds, IEnumerable<ITestResults> results, ChangeBooking change, TimeProvider clock)
{
    /// <summary>The latest rounds; what came before stands in the record of health.</summary>
    private const int MostRounds = 5;

    /// <summary>Newest first, oneself before the others.</summary>
    public async Task<IReadOnlyList<OwnTest>> ListAsync(Actor actor, CancellationToken ct) => await ReadAsync(await own.OfAsync(actor, ct), null, ct);

    public async Task<OwnTest?> FindAsync(Guid round, Guid person, Actor actor, CancellationToken ct)
    {
        List<OwnPerson> one = [.. (await own.OfAsync(actor, ct)).Where(p => p.Entries.Contains(person))];
        return one.Count == 0 ? null : (await ReadAsync(one, round, ct)).SingleOrDefault();
    }

    /// <summary>Slots that the person can choose, full ones too: one can wait for them.</summary>
    public async Task<IReadOnlyList<SlotShown>> ChoicesAsync(OwnTest test, CancellationToken ct)
    {
        var slots = await change.OpenSlotsAsync(test.Round.Id, test.PersonId, ct);
        return Show(slots, await SitesAsync(slots, ct));
    }

    /// <summary>What was told and not read; reading it is noted.</summary>
    public async Task<IReadOnlyList<OwnNote>> NotesAsync(Actor actor, CancellationToken ct)
    {
        var people = (await own.OfAsync(actor, ct)).SelectMany(p => p.Entries.Select(e => (Entry: e, Person: p))).ToDictionary(p => p.Entry, p => p.Person);
        var ids = people.Keys.ToList();
        var notes = await db.Set<TestingNote>().Where(n => ids.Contains(n.PersonId) && n.ReadAt == null).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(20).ToListAsync(ct);
        if (notes.Count == 0) return [];
        List<OwnNote> shown = [.. notes.Select(n => new OwnNote(people[n.PersonId].Name, n.What, n.Arg, n.At))];
        // What the family reads for somebody is not read by that person.
        foreach (var note in notes.Where(n => people[n.PersonId].IsSelf)) note.Read(clock.GetUtcNow());
        if (!db.ChangeTracker.HasChanges()) return shown;
        db.Record(actor, "screening.notes.read", "person", actor.PersonId);
        await db.CommitAsync(ct);
        return shown;
    }

    private async Task<IReadOnlyList<OwnTest>> ReadAsync(IReadOnlyList<OwnPerson> people, Guid? only, CancellationToken ct)
    {
        var ids = people.SelectMany(p => p.Entries).ToList();
        var found = await (
            from m in db.Set<Member>().AsNoTracking()
            join r in db.Set<TestingRound>() on m.RoundId equals r.Id
            where ids.Contains(m.PersonId) && (only == null || r.Id == only)
            select new { Member = m, Round = r }).ToListAsync(ct);
        var latest = found.Select(f => f.Round).DistinctBy(r => r.Id).OrderByDescending(r => r.StartsAt).Take(MostRounds).ToList();
        var roundIds = latest.ConvertAll(r => r.Id);
        var bookings = await db.Set<SlotBooking>().AsNoTracking().Where(b => roundIds.Contains(b.RoundId) && ids.Contains(b.PersonId)).ToDictionaryAsync(b => (b.RoundId, b.PersonId), ct);
        var come = await db.Set<SlotArrival>().AsNoTracking().Where(a => roundIds.Contains(a.RoundId) && ids.Contains(a.PersonId)).ToDictionaryAsync(a => (a.SlotId, a.PersonId), a => a.At, ct);
        var marked = (await db.Set<SymptomMark>().AsNoTracking().Where(m => roundIds.Contains(m.RoundId) && ids.Contains(m.PersonId)).Select(m => new { m.RoundId, m.PersonId }).ToListAsync(ct)).Select(m => (m.RoundId, m.PersonId)).ToHashSet();
        var slotIds = bookings.Values.SelectMany(b => new[] { b.SlotId, b.WaitsFor }).OfType<Guid>().Distinct().ToList();
        var slots = await db.Set<Slot>().AsNoTracking().Where(s => slotIds.Contains(s.Id)).ToListAsync(ct);
        var shown = Show(slots, await SitesAsync(slots, ct)).ToDictionary(s => s.Id);
        var known = new Dictionary<(Guid, Guid), TestShown>();
        foreach (var source in results)
            foreach (var (key, value) in await source.FindAsync(roundIds, ids, ct)) known[key] = value;

        var tests = new List<OwnTest>();
        foreach (var round in latest)
        {
            var states = await rounds.StatesAsync(round.Id, ids, ct);
            var members = found.Where(f => f.Round.Id == round.Id).ToDictionary(f => f.Member.PersonId, f => f.Member);
            foreach (var person in people)
            {
                // Two entries on one roll: the one that was sampled, else the one that is kept.
                var id = person.Entries.Where(e => members.ContainsKey(e) && states.ContainsKey(e)).OrderByDescending(e => states[e].Status == TargetStatus.Done).FirstOrDefault();
                if (!states.TryGetValue(id, out var state)) continue;
                var booking = bookings.GetValueOrDefault((round.Id, id));
                var result = known.GetValueOrDefault((round.Id, id));
                tests.Add(new OwnTest(
                    round, id, person.Name, members[id].Lane, state.Status, state.Reason, booking?.SlotId is { } slot ? shown.GetValueOrDefault(slot) : null,
                    booking?.WaitsFor is { } wish ? shown.GetValueOrDefault(wish) : null, person.MayReadResult ? result : null, IsResultKept: !person.MayReadResult && result is not null,
                    booking?.SlotId is { } held && come.TryGetValue((held, id), out var at) ? at : null, person.MayReadResult && marked.Contains((round.Id, id))));
            }
        }
        return tests;
    }

    private async Task<Dictionary<Guid, TestingSite>> SitesAsync(IReadOnlyList<Slot> slots, CancellationToken ct)
    {
        var ids = slots.Select(s => s.SiteId).Distinct().ToList();
        return await db.Set<TestingSite>().AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
    }

    private static List<SlotShown> Show(IReadOnlyList<Slot> slots, Dictionary<Guid, TestingSite> sites) =>
        [.. slots.Select(s => new SlotShown(s.Id, s.From, s.Until, s.Lane, sites[s.SiteId].Name, sites[s.SiteId].Spot, s.Free))];
}
