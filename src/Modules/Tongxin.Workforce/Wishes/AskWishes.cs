using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Rosters;

namespace Tongxin.Workforce.Wishes;

/// <summary>征集意愿: the office opens the window of a draft and closes it; a solve closes it, too.</summary>
internal sealed class AskWishes(TongxinDb db, ReadGround read, TimeProvider clock)
{
    /// <param name="closes">A campus time, such as 2026-11-21T20:00.</param>
    public async Task<Result> OpenAsync(Guid rosterId, string? closes, Actor actor, CancellationToken ct)
    {
        var found = await EditRoster.DraftAsync(db, read, rosterId, actor, ct);
        if (found.IsFailure) return found.Error;
        var (row, ground) = found.Value;
        var now = clock.GetUtcNow();
        if (row.FromId is not null) return RosterErrors.WishesTooLate;
        if (!DateTime.TryParse(closes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed)) return RosterErrors.WishesCloseWrong;
        var until = CampusCalendar.At(DateOnly.FromDateTime(typed), TimeOnly.FromDateTime(typed));
        if (until <= now || until > CampusCalendar.StartOf(row.LastDay.AddDays(1))) return RosterErrors.WishesCloseWrong;
        if (ground.Members.Count == 0) return RosterErrors.PeopleMissing;
        var window = await db.Set<WishWindow>().SingleOrDefaultAsync(w => w.SeriesId == row.SeriesId, ct) ?? db.Add(WishWindow.For(row.SeriesId)).Entity;
        window.Open(now, until);
        db.Record(actor, "workforce.wishes.asked", "roster", row.Id, details: new { until, people = ground.Members.Count });
        return await EditRoster.CommitAsync(db, ct);
    }

    public async Task<Result> CloseAsync(Guid rosterId, Actor actor, CancellationToken ct)
    {
        var found = await EditRoster.DraftAsync(db, read, rosterId, actor, ct);
        if (found.IsFailure) return found.Error;
        var row = found.Value.Row;
        await CloseAsync(db, row.SeriesId, clock.GetUtcNow(), ct);
        db.Record(actor, "workforce.wishes.closed", "roster", row.Id);
        return await EditRoster.CommitAsync(db, ct);
    }

    /// <summary>Whoever solves has the wishes as they are then; the caller commits.</summary>
    public static async Task CloseAsync(TongxinDb db, Guid series, DateTimeOffset at, CancellationToken ct)
    {
        if (await db.Set<WishWindow>().SingleOrDefaultAsync(w => w.SeriesId == series, ct) is { } window) window.Close(at);
    }
}
