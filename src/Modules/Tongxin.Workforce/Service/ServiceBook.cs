using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;
using Tongxin.Workforce.DutyDesk;

namespace Tongxin.Workforce.Service;

/// <summary>One turn that was served.</summary>
/// <param name="Minutes">From the check-in, or the start of the duty if that was later, to the check-out; 0 while it lasts.</param>
internal sealed record Served(Guid PersonId, string Post, DutyCode Code, RosterDuty Duty, DateTimeOffset Came, int Minutes);

/// <summary>人次 and hours.</summary>
internal sealed record ServiceSum(int Turns, int Minutes)
{
    public static ServiceSum Of(IEnumerable<Served> lines)
    {
        var (turns, minutes) = (0, 0);
        foreach (var line in lines) (turns, minutes) = (turns + 1, minutes + line.Minutes);
        return new ServiceSum(turns, minutes);
    }
}

/// <summary>What the people of a unit or a team served; somebody of two units counts in both.</summary>
internal sealed record GroupService(string Name, int People, ServiceSum Sum);

/// <summary>A person's sum.</summary>
internal sealed record PersonService(string Name, ServiceSum Sum);

/// <summary>Service of some days: the whole, by duty, by unit in the order of the tree, by team and by person in the order of names. Nobody is ranked.</summary>
internal sealed record ServiceView(
    ServiceSum All, IReadOnlyList<(DutyCode Code, ServiceSum Sum)> ByCode, IReadOnlyList<GroupService> ByUnit, IReadOnlyList<GroupService> ByTeam, IReadOnlyList<PersonService> ByPerson);

/// <summary>服务记录: hours and 人次, counted from check-ins and check-outs and never typed.</summary>
internal sealed class ServiceBook(TongxinDb db, DutyBook book, DeskSight sight, IUnits units)
{
    /// <summary>What one person served, newest first.</summary>
    public Task<List<Served>> OfAsync(Guid person, DateOnly first, DateOnly last, CancellationToken ct) => ReadAsync(first, last, person, ct);

    /// <summary>Service at the actor's posts.</summary>
    /// <param name="people">Of these alone, such as a unit's; null: everybody.</param>
    public async Task<ServiceView> ReadAsync(DateOnly first, DateOnly last, IReadOnlySet<Guid>? people, Actor actor, CancellationToken ct)
    {
        var scope = await sight.PostsAsync(actor, DutyPermissions.ReadService, ct);
        var lines = (await ReadAsync(first, last, null, ct)).Where(l => scope.Reach(l.Duty.PostId) && (people is null || people.Contains(l.PersonId))).ToList();
        var names = await book.NamesAsync(lines.Select(l => l.PersonId), ct);
        return new ServiceView(
            ServiceSum.Of(lines),
            ByCode(lines),
            await ByUnitAsync(lines, last, ct),
            await ByTeamAsync(lines, ct),
            [.. lines.GroupBy(l => l.PersonId).Select(g => new PersonService(names.GetValueOrDefault(g.Key) ?? "", ServiceSum.Of(g))).OrderBy(p => p.Name, StringComparer.Ordinal)]);
    }

    public static IReadOnlyList<(DutyCode Code, ServiceSum Sum)> ByCode(IEnumerable<Served> lines) =>
        [.. lines.GroupBy(l => l.Code).OrderBy(g => g.Key).Select(g => (g.Key, ServiceSum.Of(g)))];

    /// <summary>A unit has what those of the units below it served, each person once.</summary>
    private async Task<IReadOnlyList<GroupService>> ByUnitAsync(List<Served> lines, DateOnly day, CancellationToken ct)
    {
        if (lines.Count == 0) return [];
        var tree = await units.ListAsync(day, ct);
        var path = tree.ToDictionary(u => u.Id, u => u.Path);
        var paths = (await units.OfPersonsAsync([.. lines.Select(l => l.PersonId).Distinct()], day, ct)).Where(p => path.ContainsKey(p.UnitId)).ToLookup(p => p.PersonId, p => path[p.UnitId]);
        return [.. tree.Select(u => Group(u.Name, lines.Where(l => paths[l.PersonId].Any(p => p.StartsWith(u.Path, StringComparison.Ordinal))))).Where(g => g.People > 0)];
    }

    /// <summary>A team has what was served while somebody was in it.</summary>
    private async Task<IReadOnlyList<GroupService>> ByTeamAsync(List<Served> lines, CancellationToken ct)
    {
        var people = lines.Select(l => l.PersonId).Distinct().ToList();
        var members = await (
            from m in db.Set<Membership>().AsNoTracking()
            join t in db.Set<Team>() on m.TeamId equals t.Id
            where people.Contains(m.PersonId)
            select new { t.Id, t.Name, m.PersonId, m.From, m.Until }).ToListAsync(ct);
        return
        [
            .. members.GroupBy(m => (m.Id, m.Name)).OrderBy(g => g.Key.Name, StringComparer.Ordinal)
                .Select(g => Group(g.Key.Name, lines.Where(l => g.Any(m => m.PersonId == l.PersonId && m.From <= l.Came && (m.Until is not { } until || l.Came < until))))).Where(g => g.People > 0),
        ];
    }

    private static GroupService Group(string name, IEnumerable<Served> lines)
    {
        var own = lines.ToList();
        return new GroupService(name, own.Select(l => l.PersonId).Distinct().Count(), ServiceSum.Of(own));
    }

    private async Task<List<Served>> ReadAsync(DateOnly first, DateOnly last, Guid? person, CancellationToken ct)
    {
        var came = await (
            from a in db.Set<Attendance>().AsNoTracking()
            join d in db.Set<RosterDuty>() on a.DutyId equals d.Id
            join p in db.Set<Post>() on d.PostId equals p.Id
            where a.Kind == AttendanceKind.In && (person == null || a.PersonId == person) && first <= d.Day && d.Day <= last
            orderby d.Starts descending
            select new { Fact = a, Duty = d, p.Name, p.DutyCode }).ToListAsync(ct);
        var left = await (
            from a in db.Set<Attendance>().AsNoTracking()
            join d in db.Set<RosterDuty>() on a.DutyId equals d.Id
            where a.Kind == AttendanceKind.Out && (person == null || a.PersonId == person) && first <= d.Day && d.Day <= last
            select new { a.TurnId, a.At }).ToDictionaryAsync(a => a.TurnId, a => a.At, ct);
        return came.ConvertAll(c =>
        {
            var from = c.Fact.At > c.Duty.Starts ? c.Fact.At : c.Duty.Starts;
            var minutes = left.TryGetValue(c.Fact.TurnId, out var to) ? Math.Max(0, (int)(to - from).TotalMinutes) : 0;
            return new Served(c.Fact.PersonId, c.Name, c.DutyCode, c.Duty, c.Fact.At, minutes);
        });
    }
}
