using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns.Seasons;

/// <summary>
/// Where the records of a season are: <c>Declared = Cleared + Observing + Arrived + Booked + Unbooked + NotArrived + Cancelled</c>.
/// </summary>
internal sealed record ReturnFigures(int Declared, int Cleared, int Observing, int Arrived, int Booked, int Unbooked, int NotArrived, int Cancelled)
{
    public static readonly ReturnFigures None = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Came: cleared, observed or still at the check.</summary>
    public int Came => Cleared + Observing + Arrived;

    /// <summary>Still to come.</summary>
    public int Outstanding => Booked + Unbooked + NotArrived;

    public static ReturnFigures Of(IEnumerable<(ReturnState State, int Count)> counts)
    {
        var by = counts.GroupBy(c => c.State).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
        int At(ReturnState state) => by.GetValueOrDefault(state);
        return new ReturnFigures(
            by.Values.Sum(), At(ReturnState.Cleared), At(ReturnState.Observing), At(ReturnState.Arrived), At(ReturnState.Booked), At(ReturnState.Declared) + At(ReturnState.Decided), At(ReturnState.NotArrived), At(ReturnState.Cancelled));
    }
}

/// <summary>A college's line.</summary>
internal sealed record CollegeLine(Guid? Id, string? Name, ReturnFigures Figures);

/// <summary>A day's line: places and who has them.</summary>
internal sealed record DayLine(DateOnly Day, int Capacity, int Taken, int Came);

/// <summary>What needs somebody, each a filter of the list.</summary>
internal sealed record ReturnExceptions(int Late, int Doubted, int Unknown, int NotYet, int Sheltered, int ObservationOver);

/// <summary>A season as its page shows it to one actor: a counsellor sees the own people counted.</summary>
internal sealed record SeasonView(
    ReturnSeason Season, bool IsOpen, ReturnFigures Figures, IReadOnlyList<(ReturnOutcome Outcome, int Count)> Outcomes, IReadOnlyList<CollegeLine> Colleges, IReadOnlyList<DayLine> Days, ReturnExceptions Exceptions, string? RiskList);

/// <summary>Counts a season within the actor's reach.</summary>
internal sealed class ReadSeason(TongxinDb db, ReturnSight sight, TimeProvider clock)
{
    public async Task<SeasonView?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var season = await sight.SeasonAsync(id, actor, ReturnPermissions.Read, ct);
        if (season is null) return null;
        var mine = (await sight.RecordsAsync(actor, ReturnPermissions.Read, ct)).Where(r => r.SeasonId == id);
        var counts = await mine.GroupBy(r => new { r.CollegeId, r.State }).Select(g => new { g.Key.CollegeId, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        var outcomes = await mine.Where(r => r.Outcome != null && r.State != ReturnState.Cancelled).GroupBy(r => r.Outcome).Select(g => new { Outcome = g.Key, Count = g.Count() }).ToListAsync(ct);
        var names = (await sight.TreeAsync(ct)).ToDictionary(u => u.Id, u => u.Name);
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var exceptions = new ReturnExceptions(
            await mine.CountAsync(r => r.State == ReturnState.NotArrived, ct),
            await mine.CountAsync(r => r.Doubted, ct),
            await mine.CountAsync(r => r.PersonId == null && r.State != ReturnState.Cancelled, ct),
            await mine.CountAsync(r => r.Outcome == ReturnOutcome.NotYet && r.State == ReturnState.Decided, ct),
            await mine.CountAsync(r => r.State == ReturnState.Arrived, ct),
            await mine.CountAsync(r => r.State == ReturnState.Observing && r.ObservedUntil < today, ct));
        var list = season.RiskListId is null ? null : await db.Set<RiskList>().Where(l => l.Id == season.RiskListId).Select(l => $"{l.Number} · {l.AsOf:yyyy-MM-dd}").SingleAsync(ct);
        return new SeasonView(
            season, season.IsOpen(clock.GetUtcNow()), ReturnFigures.Of(counts.Select(c => (c.State, c.Count))),
            [.. outcomes.OrderBy(o => o.Outcome).Select(o => (o.Outcome.GetValueOrDefault(), o.Count))],
            [.. counts.GroupBy(c => c.CollegeId).Select(g => new CollegeLine(g.Key, g.Key is { } college ? names.GetValueOrDefault(college) : null, ReturnFigures.Of(g.Select(c => (c.State, c.Count))))).OrderByDescending(c => c.Figures.Declared).ThenBy(c => c.Name, StringComparer.Ordinal)],
            await DaysAsync(season, mine, ct), exceptions, list);
    }

    private async Task<IReadOnlyList<DayLine>> DaysAsync(ReturnSeason season, IQueryable<ReturnRecord> mine, CancellationToken ct)
    {
        var slots = await db.Set<ReturnSlot>().Where(s => s.SeasonId == season.Id).GroupBy(s => s.Day).Select(g => new { Day = g.Key, Capacity = g.Sum(s => s.Capacity), Taken = g.Sum(s => s.Taken) }).ToDictionaryAsync(s => s.Day, ct);
        var came = (await mine.Where(r => r.ArrivedAt != null).Select(r => r.ArrivedAt).ToListAsync(ct)).GroupBy(at => CampusCalendar.DayOf(at.GetValueOrDefault())).ToDictionary(g => g.Key, g => g.Count());
        return [.. season.Days.Select(d => new DayLine(d, slots.GetValueOrDefault(d)?.Capacity ?? 0, slots.GetValueOrDefault(d)?.Taken ?? 0, came.GetValueOrDefault(d)))];
    }
}
