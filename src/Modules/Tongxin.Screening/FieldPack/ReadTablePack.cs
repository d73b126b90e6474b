using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Core.Common;
using Tongxin.Core.Passes;
using Tongxin.Core.Sampling;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Sites.Data;
using Tongxin.Screening.Tubes;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.FieldPack;

/// <summary>Puts the pack of one account together: its sites, and for each round that runs around now whoever is called there.</summary>
internal sealed class ReadTablePack(TongxinDb db, SplitHouseholds homes, SiteSight sight, IRounds rounds, IPersons persons, IPassBook passes, SecretBox box, TimeProvider clock)
{
    // A site samples two to three thousand people; an account has one or two.
    private const int MostPeople = 8_000;
    private const int Together = 1_000;

    // Taken in the evening for the day after; kept until what happened in it has arrived.
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(36), Behind = TimeSpan.FromHours(12);

    public async Task<TablePack> ExecuteAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var salt = box.Index("screening.pack", Week(now)) ?? [];
        // Whoever answers for everything works at a desk and gets none on a phone.
        IReadOnlyList<TestingSite> sites = actor.ScopeOf(TubePermissions.Take).Everything ? [] : await sight.SitesAsync(actor, TubePermissions.Take, ct);
        var own = sites.Select(s => s.Id).ToList();
        var tables = await sight.TablesAsync(own, ct);
        var packed = new List<PackTesting>();
        foreach (var round in await RoundsAsync(own, now, ct)) packed.Add(await RoundAsync(round, own, salt, ct));
        return new TablePack(
            now, actor.Name, Convert.ToBase64String(salt),
            [.. sites.Select(s => new PackSite(s.Id, s.Name, s.Spot, [.. tables[s.Id].Select(t => new PackTable(t.Id, t.Number, t.Lane.ToString(), t.RatePerHour))]))],
            packed);
    }

    // The same all week, so that a pack asked for again says the same.
    private static string Week(DateTimeOffset now) => (CampusCalendar.DayOf(now).DayNumber / 7).ToString(CultureInfo.InvariantCulture);

    private async Task<List<TestingRound>> RoundsAsync(List<Guid> own, DateTimeOffset now, CancellationToken ct)
    {
        if (own.Count == 0) return [];
        var (until, from) = (now + Ahead, now - Behind);
        return await db.Set<TestingRound>().AsNoTracking()
            .Where(r => r.ClosedAt == null && r.StartsAt < until && r.EndsAt > from && db.Set<TestingRoundSite>().Any(s => s.RoundId == r.Id && own.Contains(s.SiteId)))
            .OrderBy(r => r.StartsAt).ThenBy(r => r.Id).ToListAsync(ct);
    }

    private async Task<PackTesting> RoundAsync(TestingRound round, List<Guid> own, byte[] salt, CancellationToken ct)
    {
        var here = await db.Set<TestingRoundSite>().Where(s => s.RoundId == round.Id && own.Contains(s.SiteId)).Select(s => s.SiteId).ToListAsync(ct);
        var called = await CalledAsync(round.Id, here, ct);
        var tubes = await db.Set<TubeRow>().AsNoTracking().Where(t => t.RoundId == round.Id && t.SiteId != null && own.Contains(t.SiteId.Value)).OrderBy(t => t.Code).ToListAsync(ct);
        return new PackTesting(
            round.Id, round.Number, round.Title, round.StartsAt, round.EndsAt, round.StartedAt is not null, round.PoolSize, here,
            await PeopleAsync(round.Id, [.. called.Take(MostPeople)], salt, ct), called.Count > MostPeople,
            [.. tubes.Select(t => new PackTube(t.Code, t.TableId, t.Stage.ToString(), t.Members, t.IsCollided))]);
    }

    /// <summary>Whoever has a slot at the own sites, then whoever has none anywhere; nobody of another site, nobody who is sampled at home. One more than fits says that some are left out.</summary>
    private Task<List<Member>> CalledAsync(Guid round, List<Guid> here, CancellationToken ct)
    {
        var bookings = db.Set<SlotBooking>().Where(b => b.RoundId == round && b.SlotId != null);
        var elsewhere = db.Set<Slot>().Where(s => s.RoundId == round && s.WithdrawnAt == null && !here.Contains(s.SiteId));
        return db.Set<Member>().AsNoTracking()
            .Where(m => m.RoundId == round && m.Lane != SamplingLane.Home && !bookings.Any(b => b.PersonId == m.PersonId && elsewhere.Any(s => s.Id == b.SlotId)))
            .OrderByDescending(m => bookings.Any(b => b.PersonId == m.PersonId)).ThenBy(m => m.PlaceId).ThenBy(m => m.HouseholdId).ThenBy(m => m.PersonId)
            .Take(MostPeople + 1).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<PackMember>> PeopleAsync(Guid round, IReadOnlyList<Member> called, byte[] salt, CancellationToken ct)
    {
        var ids = called.Select(m => m.PersonId).ToList();
        var keys = await persons.DeviceKeysAsync(ids, salt, ct);
        var references = await passes.ReferencesAsync(ids, ct);
        var tubeOf = await homes.FirstAsync(round, ct);
        var packed = new List<PackMember>(ids.Count);
        foreach (var part in called.Chunk(Together))
        {
            var some = part.Select(m => m.PersonId).ToList();
            var names = await persons.NamesAsync(some, ct);
            var targets = await rounds.StatesAsync(round, some, ct);
            var tests = await db.Set<TestRow>().AsNoTracking().Where(t => t.RoundId == round && some.Contains(t.PersonId)).ToDictionaryAsync(t => t.PersonId, ct);
            packed.AddRange(part.Select(m => Of(m, names.GetValueOrDefault(m.PersonId), targets.GetValueOrDefault(m.PersonId)?.Label, tests.GetValueOrDefault(m.PersonId))));
        }

        return packed;

        PackMember Of(Member member, string? name, string? room, TestRow? test) => new(
            member.PersonId, ShortName.Of(name), room ?? "", member.Lane.ToString(), member.PoolSize, member.PoolClass == PersonClass.SealedHousehold, member.HouseholdId,
            test is { IsCounted: true }, test?.RecheckIn is null ? test?.RecheckBecause?.Split(',')[0] : null,
            member.HouseholdId is { } home ? tubeOf.GetValueOrDefault(home) : null,
            [.. keys.GetValueOrDefault(member.PersonId) ?? [], .. references[member.PersonId].Select(r => DeviceKeys.Of(salt, "p", r.ToString("N")))]);
    }
}
