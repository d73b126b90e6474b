using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>What acceptance fills: the person, the offer to serve, the skills, both units of who reports in twice (双报到). The caller commits.</summary>
internal sealed class TakeOnVolunteers(TongxinDb db, IPersons persons, IUnits units, IVolunteers volunteers, SecretBox box, TimeProvider clock)
{
    /// <summary>Links every application to its person, who is added where the register knows none. Not linked: the number is somebody else's.</summary>
    public async Task FindPeopleAsync(IReadOnlyList<Application> applications, Actor actor, CancellationToken ct)
    {
        var unknown = applications.Where(a => a.PersonId is null).ToList();
        if (unknown.Count == 0) return;
        var facts = unknown.ConvertAll(a => a.Facts(box));
        var found = await persons.MatchAsync([.. facts.Select(f => new PersonClue(f.Name, f.Number, null, f.Phone))], ct);
        var strangers = Enumerable.Range(0, unknown.Count).Where(i => found[i] is null).ToList();
        var added = strangers.Count == 0 ? [] : await persons.AddAsync([.. strangers.Select(i => new PersonToAdd(facts[i].Name, facts[i].Category, facts[i].Number, facts[i].Phone))], actor, ct);
        for (var i = 0; i < unknown.Count; i++) unknown[i].Link(found[i]);
        for (var i = 0; i < strangers.Count; i++) unknown[strangers[i]].Link(added[i]);
    }

    public async Task ExecuteAsync(IReadOnlyList<Application> accepted, Actor actor, CancellationToken ct)
    {
        var ids = accepted.Select(a => a.PersonId).OfType<Guid>().ToList();
        await OfferAsync(accepted, ids, actor, ct);
        await SkillsAsync(accepted, ids, ct);
        await UnitsAsync(accepted, ids, actor, ct);
    }

    private async Task OfferAsync(IReadOnlyList<Application> accepted, List<Guid> ids, Actor actor, CancellationToken ct)
    {
        // An application says nothing against what is known: who may lead goes on leading.
        var known = await db.Set<Volunteer>().AsNoTracking().Where(v => ids.Contains(v.PersonId)).ToDictionaryAsync(v => v.PersonId, ct);
        await volunteers.OfferAsync([.. accepted.Select(a =>
        {
            var person = a.PersonId.GetValueOrDefault();
            var before = known.GetValueOrDefault(person);
            return new NewVolunteer(person, before?.CanLead == true || a.Claims.Any(c => c.Skill == Skill.LeadDuty), before?.PartyMember == true || a.PartyMember);
        })], actor, ct);
    }

    private async Task SkillsAsync(IReadOnlyList<Application> accepted, List<Guid> ids, CancellationToken ct)
    {
        var held = (await db.Set<HeldSkill>().Where(s => ids.Contains(s.PersonId)).ToListAsync(ct)).ToDictionary(s => (s.PersonId, s.Skill));
        foreach (var application in accepted)
        {
            foreach (var claim in application.Claims)
            {
                var person = application.PersonId.GetValueOrDefault();
                if (!held.TryGetValue((person, claim.Skill), out var known)) db.Add(HeldSkill.Of(person, claim.Skill, claim.ValidThrough, claim.Proof));
                // A certificate that ends later takes the place of the older one.
                else if (known.ValidThrough is { } until && claim.ValidThrough is { } later && later > until) known.Renew(later, claim.Proof ?? known.Proof);
            }
        }
    }

    private async Task UnitsAsync(IReadOnlyList<Application> accepted, List<Guid> ids, Actor actor, CancellationToken ct)
    {
        var today = CampusCalendar.DayOf(clock.GetUtcNow());
        var byName = (await units.ListAsync(today, ct)).GroupBy(u => TextFold.ForSearch(u.Name)).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single(), StringComparer.Ordinal);
        var has = (await units.OfPersonsAsync(ids, today, ct)).Select(b => (b.PersonId, b.UnitId)).ToHashSet();
        var joins = new List<NewAffiliation>();
        foreach (var application in accepted)
        {
            foreach (var (name, isCommunity) in new[] { (application.Unit, false), (application.Community, true) })
            {
                if (name is null || !byName.TryGetValue(TextFold.ForSearch(name), out var unit) || (unit.Kind == UnitKind.Community) != isCommunity) continue;
                if (!has.Add((application.PersonId.GetValueOrDefault(), unit.Id))) continue;
                var role = application.Category == PersonCategory.Student && unit.Kind is UnitKind.College or UnitKind.Class ? AffiliationRole.Student : AffiliationRole.Member;
                joins.Add(new NewAffiliation(application.PersonId.GetValueOrDefault(), unit.Id, role, today));
            }
        }
        if (joins.Count > 0) await units.JoinAsync(joins, actor, ct);
    }
}
