using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Passes;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking.Data;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Booking;

/// <summary>Today at a site: its slots, and who has one of them.</summary>
/// <param name="Chosen">The slot whose people are shown; null: none today.</param>
internal sealed record SiteArrivals(TestingSite Site, IReadOnlyList<SlotLine> Lines, SlotLine? Chosen, bool IsOpen, IReadOnlyList<SlotPerson> People);

/// <summary>For whoever keeps order on site: short names, as on the phones of the tables, of those who are called to this very site.</summary>
internal sealed class ReadArrivals(TongxinDb db, SiteSight sight, ReadSlots slots, IRounds rounds, IPersons persons, TimeProvider clock)
{
    public async Task<SiteArrivals?> FindAsync(Guid siteId, Guid? slot, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(siteId, actor, BookingPermissions.Arrive, ct) is not { } site) return null;
        var now = clock.GetUtcNow();
        var lines = await slots.OfSiteAsync(siteId, CampusCalendar.DayOf(now), ct);
        // The one that runs, else the next.
        var chosen = lines.FirstOrDefault(l => l.Slot.Id == slot) ?? lines.FirstOrDefault(l => l.Slot.Until > now && l.Slot.Taken > 0) ?? (lines.Count > 0 ? lines[^1] : null);
        if (chosen is null) return new SiteArrivals(site, lines, null, false, []);
        var (round, id) = (chosen.Slot.RoundId, chosen.Slot.Id);
        var ids = await db.Set<SlotBooking>().AsNoTracking().Where(b => b.RoundId == round && b.SlotId == id).Select(b => b.PersonId).ToListAsync(ct);
        List<TargetView> targets = [.. (await rounds.StatesAsync(round, ids, ct)).Values.OrderBy(t => t.SortKey, StringComparer.Ordinal)];
        var names = (await persons.NamesAsync(ids, ct)).ToDictionary(n => n.Key, n => ShortName.Of(n.Value));
        var isOpen = await db.Set<Rounds.Data.TestingRound>().AnyAsync(r => r.Id == round && r.ClosedAt == null, ct) && chosen.Slot.From - now <= KeepArrivals.MostEarly;
        return new SiteArrivals(site, lines, chosen, isOpen, await slots.PeopleAsync(chosen.Slot, targets, names, ct));
    }
}
