using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Wishes;

/// <summary>A day of a roster that asks for wishes, and its shifts.</summary>
internal sealed record WishDay(DateOnly Day, IReadOnlyList<WishSpan> Spans);

/// <summary>A roster that asks the actor for wishes.</summary>
internal sealed record AskedWishes(Guid SeriesId, string Roster, DateTimeOffset ClosesAt, IReadOnlyList<WishDay> Days, IReadOnlyList<DutyWish> Own);

/// <summary>A wish as it was typed; <paramref name="StartsAt"/> is <see cref="DutyWish.WholeDay"/> for the day.</summary>
internal sealed record TypedWish(DateOnly Day, int StartsAt, int Minutes, bool IsOn);

/// <summary>The own wishes, while a window is open to the actor.</summary>
internal sealed class MyWishes(TongxinDb db, TimeProvider clock)
{
    /// <summary>Rosters whose drafts have the actor in their pool and whose windows are open.</summary>
    public async Task<IReadOnlyList<AskedWishes>> ListAsync(Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } person) return [];
        var rosters = await Open(db, person, clock.GetUtcNow()).Select(x => new { x.Window, x.Roster.Name }).Distinct().ToListAsync(ct);
        var asked = new List<AskedWishes>();
        foreach (var roster in rosters.DistinctBy(r => r.Window.SeriesId).OrderBy(r => r.Window.ClosesAt))
        {
            var series = roster.Window.SeriesId;
            var own = await db.Set<DutyWish>().AsNoTracking().Where(w => w.SeriesId == series && w.PersonId == person).ToListAsync(ct);
            asked.Add(new AskedWishes(series, roster.Name, roster.Window.ClosesAt, await DaysAsync(series, ct), own));
        }

        return asked;
    }

    /// <summary>What was said before about this roster is over; what does not fit its days and shifts is left out.</summary>
    public async Task<Result> SaveAsync(Guid series, IReadOnlyList<TypedWish> wishes, Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } person || !await Open(db, person, clock.GetUtcNow()).AnyAsync(x => x.Window.SeriesId == series, ct)) return DutyErrors.WishesClosed;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // One after the other: of two sent at the same moment the later one counts.
        await db.Dialect.HoldAsync(db, $"workforce.wishes:{person:N}", ct);
        var days = (await DaysAsync(series, ct)).ToDictionary(d => d.Day, d => d.Spans);
        db.RemoveRange(await db.Set<DutyWish>().Where(w => w.SeriesId == series && w.PersonId == person).ToListAsync(ct));
        List<TypedWish> known = [.. wishes.Where(w => days.TryGetValue(w.Day, out var spans) && (w.StartsAt == DutyWish.WholeDay || spans.Contains(new WishSpan(w.StartsAt, w.Minutes))))
            .DistinctBy(w => (w.Day, w.StartsAt, w.Minutes))];
        db.AddRange(known.Select(w => DutyWish.Of(series, person, w.Day, w.StartsAt, w.StartsAt == DutyWish.WholeDay ? 0 : w.Minutes, w.IsOn)));
        db.Record(actor, "workforce.wishes.said", "roster", series, details: new { on = known.Count(w => w.IsOn), off = known.Count(w => !w.IsOn) });
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }

    /// <summary>Windows that are open to a person.</summary>
    public static IQueryable<OpenWindow> Open(TongxinDb db, Guid person, DateTimeOffset now) =>
        from w in db.Set<WishWindow>()
        join r in db.Set<Roster>() on w.SeriesId equals r.SeriesId
        join m in db.Set<RosterMember>() on r.Id equals m.RosterId
        where now < w.ClosesAt && r.State == RosterState.Draft && m.PersonId == person
        select new OpenWindow { Window = w, Roster = r };

    private async Task<IReadOnlyList<WishDay>> DaysAsync(Guid series, CancellationToken ct)
    {
        var duties = await db.Set<RosterDuty>().AsNoTracking().Where(d => d.SeriesId == series).ToListAsync(ct);
        return [.. duties.GroupBy(d => d.Day).OrderBy(g => g.Key).Select(g => new WishDay(g.Key, [.. g.Select(WishSpan.Of).Distinct().OrderBy(s => s.StartsAt).ThenBy(s => s.Minutes)]))];
    }
}

/// <summary>A window and the draft by which somebody belongs to it.</summary>
internal sealed class OpenWindow
{
    public required WishWindow Window { get; init; }
    public required Roster Roster { get; init; }
}
