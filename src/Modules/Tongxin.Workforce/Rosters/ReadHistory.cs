using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Rostering;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>What the people of a roster hold, do elsewhere, and did before.</summary>
internal sealed record PastAndPresent(
    ILookup<Guid, Skill> Skills, ILookup<Guid, Period> Away, IReadOnlyList<Elsewhere> Elsewhere, IReadOnlyDictionary<Guid, PersonHistory> Histories,
    IReadOnlyList<Assignment> Published)
{
    private readonly ILookup<Guid, Elsewhere> _busy = Elsewhere.ToLookup(e => e.PersonId);

    /// <summary>Times away, and duties in other rosters with the rest around them.</summary>
    public IReadOnlyList<Period> Unavailable(Guid person, RosterSettings settings) =>
        [.. Away[person], .. _busy[person].Select(e => new Period(e.Starts.AddHours(-settings.RestHours), e.Ends.AddHours(settings.RestHours)))];

    public PersonHistory HistoryOf(Guid person) => Histories.TryGetValue(person, out var known) ? known : new PersonHistory();
}

/// <summary>Reads what a roster must respect beyond its own rows.</summary>
internal sealed class ReadHistory(TongxinDb db)
{
    /// <summary>How far fairness looks back.</summary>
    private const int DaysBack = 28;

    public async Task<PastAndPresent> ReadAsync(Roster roster, IReadOnlyCollection<Guid> people, CancellationToken ct)
    {
        var last = roster.LastDay;
        var skills = await db.Set<HeldSkill>().AsNoTracking().Where(s => people.Contains(s.PersonId) && (s.ValidThrough == null || s.ValidThrough >= last)).ToListAsync(ct);
        var (starts, ends) = (CampusCalendar.StartOf(roster.FirstDay), CampusCalendar.StartOf(last.AddDays(2)));
        var away = await db.Set<Unavailability>().AsNoTracking().Where(u => people.Contains(u.PersonId) && u.From < ends && u.To > starts).ToListAsync(ct);

        var earliest = starts.AddDays(-DaysBack);
        // The rosters first: they are few, the turns of the own one are many and all begin with the same people.
        var (near, late) = (roster.FirstDay.AddDays(-DaysBack - Roster.MostDays), last.AddDays(1));
        var rosters = await db.Set<Roster>().Where(r => r.State == RosterState.Published && r.SeriesId != roster.SeriesId && r.FirstDay >= near && r.FirstDay <= late).Select(r => r.Id).ToListAsync(ct);
        var others = rosters.Count == 0 ? [] : await (
            from t in db.Set<Turn>().AsNoTracking()
            join r in db.Set<Roster>() on t.RosterId equals r.Id
            join d in db.Set<RosterDuty>() on t.DutyId equals d.Id
            join p in db.Set<Post>() on d.PostId equals p.Id
            where rosters.Contains(t.RosterId) && people.Contains(t.PersonId) && !t.IsReserve
                && t.State != TurnState.Absent && t.State != TurnState.Covered && d.Ends > earliest && d.Starts < ends
            select new Other(t.PersonId, d.Day, d.Starts, d.Ends, d.IsNight, r.Name, p.Name)).ToListAsync(ct);
        var published = roster.FromId is { } from && roster.State == RosterState.Draft
            ? await db.Set<Turn>().AsNoTracking().Where(t => t.RosterId == from && !t.IsReserve).Select(t => new Assignment(t.PersonId, t.DutyId)).ToListAsync(ct)
            : [];
        var before = others.Where(o => o.Day < roster.FirstDay).GroupBy(o => o.PersonId).ToDictionary(g => g.Key, g => History([.. g], roster.FirstDay));
        return new PastAndPresent(
            skills.ToLookup(s => s.PersonId, s => s.Skill),
            away.ToLookup(u => u.PersonId, u => new Period(u.From, u.To)),
            [.. others.Where(o => o.Day >= roster.FirstDay || o.Ends > starts).Select(o => new Elsewhere(o.PersonId, o.Starts, o.Ends, o.Roster, o.Post))],
            before, published);
    }

    private static PersonHistory History(IReadOnlyList<Other> turns, DateOnly firstDay)
    {
        var days = turns.Select(t => t.Day).ToHashSet();
        var row = 0;
        while (days.Contains(firstDay.AddDays(-1 - row))) row++;
        return new PersonHistory
        {
            LastDutyEnds = turns.Max(t => t.Ends),
            DaysInRow = row,
            Turns = turns.Count,
            Minutes = turns.Sum(t => (int)(t.Ends - t.Starts).TotalMinutes),
            Nights = turns.Count(t => t.IsNight),
            Weekends = turns.Count(t => t.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday),
        };
    }

    private sealed record Other(Guid PersonId, DateOnly Day, DateTimeOffset Starts, DateTimeOffset Ends, bool IsNight, string Roster, string Post);
}
