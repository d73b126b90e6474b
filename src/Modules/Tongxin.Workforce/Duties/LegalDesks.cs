using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Rostering;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Rosters;

namespace Tongxin.Workforce.Duties;

/// <summary>Makes the desk that answers which rule somebody would break by taking a duty, over all published rosters around a roster's days.</summary>
internal sealed class LegalDesks(TongxinDb db, DutyBook book, IStringLocalizer<DutyText> texts)
{
    /// <summary>Days looked at before and after: rest, and days in a row, reach across a roster's edge.</summary>
    private const int Around = 7;

    /// <param name="on">Skills must hold on this day.</param>
    public async Task<LegalDesk> OpenAsync(Guid rosterId, DateOnly on, CancellationToken ct)
    {
        var roster = await db.Set<Roster>().AsNoTracking().SingleAsync(r => r.Id == rosterId, ct);
        var (start, through) = (roster.FirstDay.AddDays(-Around), roster.LastDay.AddDays(Around));
        var duties = await (
            from d in db.Set<RosterDuty>().AsNoTracking()
            join r in db.Set<Roster>() on d.SeriesId equals r.SeriesId
            where r.State == RosterState.Published && start <= d.Day && d.Day <= through
            select d).ToListAsync(ct);
        var turns = await book.Turns.AsNoTracking()
            .Where(x => start <= x.Duty.Day && x.Duty.Day <= through && x.Turn.State != TurnState.Absent && x.Turn.State != TurnState.Covered)
            .Select(x => new { x.Turn.PersonId, x.Turn.DutyId, x.Turn.RosterId }).ToListAsync(ct);
        var members = await db.Set<RosterMember>().AsNoTracking().Where(m => m.RosterId == rosterId).ToListAsync(ct);
        var people = members.Select(m => m.PersonId).Union(turns.Where(t => t.RosterId == rosterId).Select(t => t.PersonId)).ToHashSet();
        var kinds = duties.Select(d => (d.TemplateId, d.PostId)).Distinct().ToList();
        var postIds = kinds.ConvertAll(k => k.PostId);
        var posts = await db.Set<Post>().AsNoTracking().Where(p => postIds.Contains(p.Id)).ToListAsync(ct);

        var limits = RosterJson.Read<RosterSettings>(roster.SettingsText).Limits;
        var problem = new RosterProblem
        {
            FirstDay = start,
            Days = through.DayNumber - start.DayNumber + 1,
            People = await PeopleAsync(people, members, on, limits, ct),
            Limits = limits,
            Posts = [.. posts.Select(p => new RosterPost(p.Id) { Skills = [.. p.Skills.Select(s => s.ToString())] })],
            Kinds = [.. kinds.Select(k => new DutyKind(k.TemplateId, k.PostId))],
            Duties = [.. duties.Select(d => new Duty(d.Id, d.TemplateId, d.Day, d.Starts, d.Ends, d.Needed))],
        };
        var has = turns.Select(t => new Assignment(t.PersonId, t.DutyId)).ToHashSet();
        var leave = await db.Set<FatigueOverride>().AsNoTracking().Where(o => start <= o.Day && o.Day <= through).ToListAsync(ct);
        return new LegalDesk(new RosterDesk(problem, [.. has]), has, people, duties.ToDictionary(d => d.Id), leave, texts);
    }

    private async Task<List<RosterPerson>> PeopleAsync(HashSet<Guid> people, List<RosterMember> members, DateOnly on, RosterLimits limits, CancellationToken ct)
    {
        var skills = (await db.Set<HeldSkill>().AsNoTracking().Where(s => people.Contains(s.PersonId) && (s.ValidThrough == null || on <= s.ValidThrough)).ToListAsync(ct))
            .ToLookup(s => s.PersonId, s => s.Skill.ToString());
        var away = (await db.Set<Unavailability>().AsNoTracking().Where(u => people.Contains(u.PersonId)).ToListAsync(ct))
            .ToLookup(u => u.PersonId, u => new Period(u.From, u.To));
        var most = members.ToDictionary(m => m.PersonId, m => m.MaxHours);
        return
        [
            .. people.Order().Select(id => new RosterPerson(id)
            {
                Skills = [.. skills[id]],
                Unavailable = [.. away[id]],
                Limits = limits with { MaxMinutes = most.GetValueOrDefault(id) * 60 },
            }),
        ];
    }
}

/// <summary>Legal or not, with the rule in words.</summary>
internal sealed class LegalDesk(
    RosterDesk desk, HashSet<Assignment> has, HashSet<Guid> people, IReadOnlyDictionary<Guid, RosterDuty> duties, IReadOnlyList<FatigueOverride> leave, IStringLocalizer<DutyText> texts)
{
    /// <summary>Why the two turns cannot change hands; null: they may.</summary>
    public string? WhyNotSwap(Turn one, Turn other)
    {
        if (has.Contains(new(one.PersonId, other.DutyId)) || has.Contains(new(other.PersonId, one.DutyId))) return texts["rule.doubled"].Value;
        if (!Knows(one.PersonId, other.DutyId) || !Knows(other.PersonId, one.DutyId)) return texts["rule.stranger"].Value;
        return Words(desk.IfSwap(new(one.PersonId, one.DutyId), new(other.PersonId, other.DutyId)));
    }

    /// <summary>Why the person cannot take the duty; null: they may.</summary>
    public string? WhyNotTake(Guid person, Guid duty)
    {
        if (has.Contains(new(person, duty))) return texts["rule.doubled"].Value;
        return Knows(person, duty) ? Words(desk.IfTakes(person, duty)) : texts["rule.stranger"].Value;
    }

    /// <summary>Everybody in the pool who could take the duty.</summary>
    public IEnumerable<Guid> WhoCouldTake(Guid duty) => people.Where(p => WhyNotTake(p, duty) is null);

    private bool Knows(Guid person, Guid duty) => people.Contains(person) && duties.ContainsKey(duty);

    private string? Words(IReadOnlyList<RuleBreak> breaks) =>
        breaks.FirstOrDefault(b => !IsAgreed(b)) is { } first ? texts[$"rule.{first.Rule}"].Value : null;

    // Two people agreed that this person works longer that day.
    private bool IsAgreed(RuleBreak b) =>
        b is { Rule: "day", DutyId: { } duty, Args: [_, _, int minutes, ..] }
        && leave.Any(o => o.PersonId == b.PersonId && o.Day == duties[duty].Day && minutes <= o.Minutes);
}
