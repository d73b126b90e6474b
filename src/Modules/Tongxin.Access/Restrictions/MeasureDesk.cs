using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>A measure in a list.</summary>
internal sealed record MeasureLine(Measure Measure, string Name, string? Home, bool IsOver);

/// <summary>One step of a measure as its page shows it.</summary>
internal sealed record StepLine(RestrictionStep Step, DateTimeOffset At, int LateSeconds, string? Who, string? Unit, string? Reason);

/// <summary>A measure with all that explains it.</summary>
internal sealed record MeasureStory(Measure Measure, string Name, string? Home, string? Least, EvidenceFact? Evidence, string? AskedByUnit, string? DecidedByUnit, IReadOnlyList<StepLine> Steps, IReadOnlyList<Guid> Appeals, bool IsGenuine);

/// <summary>Which measures a list shows.</summary>
internal enum MeasureFilter
{
    Active,
    Proposed,
    Over,
}

/// <summary>Measures for those who answer for them; those of persons out of reach do not exist.</summary>
internal sealed class MeasureDesk(TongxinDb db, PersonSight sight, IPersons persons, IUnits units, IEnumerable<IEvidence> sources, SecretBox box, TimeProvider clock)
{
    public const int Most = 300;

    public async Task<IReadOnlyList<MeasureLine>> ListAsync(MeasureFilter filter, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var all = db.Set<Measure>().AsNoTracking();
        var chosen = filter switch
        {
            MeasureFilter.Proposed => all.Where(m => m.State == MeasureState.Proposed),
            MeasureFilter.Active => all.Where(m => m.State == MeasureState.Active && now < m.Until),
            _ => all.Where(m => m.State != MeasureState.Proposed && (m.State != MeasureState.Active || m.Until <= now)),
        };
        var rows = await chosen.OrderByDescending(m => m.AskedAt).Take(Most).ToListAsync(ct);
        Guid[] people = [.. rows.Select(m => m.PersonId).Distinct()];
        var within = await sight.WithinAsync(people, actor, RestrictionPermissions.Read, ct);
        var known = (await persons.FindAsync(people, ct)).ToDictionary(p => p.Id);
        return [.. rows.Where(m => within.Contains(m.PersonId)).Select(m => new MeasureLine(m, Name(m.PersonId), known.GetValueOrDefault(m.PersonId)?.HouseholdLabel, IsOver(m)))];

        string Name(Guid id) => known.GetValueOrDefault(id)?.Name ?? "";

        bool IsOver(Measure m) => m.State == MeasureState.Active && m.Until <= now;
    }

    public async Task<MeasureStory?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var measure = await db.Set<Measure>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, ct);
        if (measure is null || !await sight.ReachesAsync(measure.PersonId, actor, RestrictionPermissions.Read, ct)) return null;
        var person = await persons.FindAsync([measure.PersonId], ct) is [var one, ..] ? one : null;
        var steps = await db.Set<MeasureEvent>().AsNoTracking().Where(e => e.MeasureId == id).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(ct);
        var names = await UnitNamesAsync(ct);
        var accounts = steps.ConvertAll(s => s.ByAccount);
        var who = await db.Users.Where(u => accounts.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, ct);
        var evidence = sources.FirstOrDefault(s => s.Module == measure.EvidenceModule) is { } source && await source.FindAsync([measure.EvidenceId], ct) is [var fact, ..] ? fact : null;
        var appeals = await db.Set<Appeal>().AsNoTracking().Where(a => a.MeasureId == id).OrderBy(a => a.SubmittedAt).Select(a => a.Id).ToListAsync(ct);
        // Who looked at why somebody is restricted is on record.
        db.Record(actor, "access.measure.seen", "person", measure.PersonId, details: new { measure = id });
        await db.CommitAsync(ct);
        return new MeasureStory(measure, person?.Name ?? "", person?.HouseholdLabel, box.Unseal(measure.LeastSealed), evidence, Unit(measure.AskedByUnit), Unit(measure.DecidedByUnit),
            steps.ConvertAll(s => new StepLine(s.Step, s.At, s.LateSeconds, who.GetValueOrDefault(s.ByAccount), Unit(s.ByUnit), box.Unseal(s.ReasonSealed))), appeals, measure.IsGenuine(box));

        string? Unit(Guid? unit) => unit is { } u ? names.GetValueOrDefault(u) : null;
    }

    /// <summary>Persons whom the doctor may mean.</summary>
    public async Task<IReadOnlyList<PersonView>> SearchAsync(string text, Actor actor, CancellationToken ct)
    {
        var found = await persons.SearchAsync(text, 20, ct);
        var within = await sight.WithinAsync([.. found.Select(p => p.Id)], actor, RestrictionPermissions.Impose, ct);
        return [.. found.Where(p => within.Contains(p.Id))];
    }

    private async Task<Dictionary<Guid, string>> UnitNamesAsync(CancellationToken ct) =>
        (await units.ListAsync(CampusCalendar.DayOf(clock.GetUtcNow()), ct)).ToDictionary(u => u.Id, u => u.Name);
}
