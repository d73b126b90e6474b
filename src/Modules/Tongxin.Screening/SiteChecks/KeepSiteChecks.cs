using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking;
using Tongxin.Screening.SiteChecks.Data;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.SiteChecks;

/// <summary>Refusals of the checklist; the code is the key of the text in SiteChecksText.</summary>
internal static class SiteCheckErrors
{
    public static readonly Error NotFound = Error.NotFound("site-checks.not-found");
    public static readonly Error Slot = Error.Invalid("site-checks.slot");
}

/// <summary>A slot of the day: what was seen to, when and by whom.</summary>
internal sealed record CheckedSlot(DateTimeOffset From, DateTimeOffset Until, IReadOnlyDictionary<SiteCheckItem, (DateTimeOffset At, string? By)> Ticks);

/// <summary>The checklist of a site: one tick for each thing and slot of today.</summary>
internal sealed class KeepSiteChecks(TongxinDb db, SiteSight sight, ReadSlots slots, IPersons persons, TimeProvider clock)
{
    public static IReadOnlyList<SiteCheckItem> Items { get; } = Enum.GetValues<SiteCheckItem>();

    public async Task<(TestingSite Site, IReadOnlyList<CheckedSlot> Slots)?> ListAsync(Guid site, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(site, actor, SiteCheckPermissions.Tick, ct) is not { } found) return null;
        var today = await TodayAsync(site, ct);
        var starts = today.ConvertAll(s => s.From);
        var ticks = await db.Set<SiteCheck>().AsNoTracking().Where(c => c.SiteId == site && starts.Contains(c.Slot)).ToListAsync(ct);
        var names = await persons.NamesAsync([.. ticks.Select(t => t.PersonId).OfType<Guid>().Distinct()], ct);
        var bySlot = ticks.ToLookup(t => t.Slot);
        return (found, today.ConvertAll(s => new CheckedSlot(
            s.From, s.Until, bySlot[s.From].ToDictionary(t => t.Item, t => (t.At, t.PersonId is { } by ? names.GetValueOrDefault(by) : null)))));
    }

    /// <summary>A second tick changes nothing. Commits.</summary>
    public async Task<Result> TickAsync(Guid site, DateTimeOffset slot, SiteCheckItem item, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(site, actor, SiteCheckPermissions.Tick, ct) is null || !Enum.IsDefined(item)) return SiteCheckErrors.NotFound;
        if (!(await TodayAsync(site, ct)).Exists(s => s.From == slot)) return SiteCheckErrors.Slot;
        if (await Ticks(site, slot, item).AnyAsync(ct)) return Result.Ok;
        db.Add(SiteCheck.Of(site, slot, item, clock.GetUtcNow(), actor.AccountId, actor.PersonId));
        db.Record(actor, "screening.check.ticked", "site", site, details: new { slot, item = item.ToString() });
        try
        {
            await db.CommitAsync(ct);
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            // Somebody else ticked it at the same moment.
        }
        return Result.Ok;
    }

    /// <summary>Takes a tick back that was a mistake. Commits.</summary>
    public async Task<Result> ClearAsync(Guid site, DateTimeOffset slot, SiteCheckItem item, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(site, actor, SiteCheckPermissions.Tick, ct) is null) return SiteCheckErrors.NotFound;
        if (await Ticks(site, slot, item).SingleOrDefaultAsync(ct) is not { } tick) return Result.Ok;
        db.Remove(tick);
        db.Record(actor, "screening.check.cleared", "site", site, details: new { slot, item = item.ToString(), tick.At, tick.AccountId });
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    private IQueryable<SiteCheck> Ticks(Guid site, DateTimeOffset slot, SiteCheckItem item) => db.Set<SiteCheck>().Where(c => c.SiteId == site && c.Slot == slot && c.Item == item);

    // Lanes share a slot's order.
    private async Task<List<(DateTimeOffset From, DateTimeOffset Until)>> TodayAsync(Guid site, CancellationToken ct) =>
        [.. (await slots.OfSiteAsync(site, CampusCalendar.DayOf(clock.GetUtcNow()), ct)).Select(l => (l.Slot.From, l.Slot.Until)).Distinct().OrderBy(s => s.From)];
}
