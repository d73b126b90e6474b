using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>What facts of tubes stand on: rounds, their rolls, sites with tables, people.</summary>
internal sealed class TubeGround(TongxinDb db, IPersons persons, SiteSight sites)
{
    public async Task<IReadOnlyDictionary<Guid, TestingRound>> RoundsAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Set<TestingRound>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);

    /// <summary>Those of the named people who are on the frozen roll of their round, whoever was merged since by the entry that is on it.</summary>
    public async Task<IReadOnlyDictionary<(Guid Round, Guid Person), Member>> RollAsync(IReadOnlyCollection<(Guid Round, Guid Person)> people, CancellationToken ct)
    {
        var roll = new Dictionary<(Guid Round, Guid Person), Member>();
        foreach (var ofRound in people.GroupBy(p => p.Round))
        {
            var ids = ofRound.Select(p => p.Person).Distinct().ToList();
            foreach (var member in await db.Set<Member>().AsNoTracking().Where(m => m.RoundId == ofRound.Key && ids.Contains(m.PersonId)).ToListAsync(ct))
                roll[(member.RoundId, member.PersonId)] = member;
        }

        var others = people.Where(p => !roll.ContainsKey(p)).Distinct().ToList();
        if (others.Count == 0) return roll;
        var same = await persons.SameAsync([.. others.Select(p => p.Person).Distinct()], ct);
        foreach (var ofRound in others.GroupBy(p => p.Round))
        {
            var ids = ofRound.SelectMany(p => same.Of(p.Person).Where(e => e != p.Person)).Distinct().ToList();
            if (ids.Count == 0) continue;
            var members = await db.Set<Member>().AsNoTracking().Where(m => m.RoundId == ofRound.Key && ids.Contains(m.PersonId)).ToDictionaryAsync(m => m.PersonId, ct);
            foreach (var asked in ofRound)
                if (same.Of(asked.Person).Select(e => members.GetValueOrDefault(e)).FirstOrDefault(m => m is not null) is { } member) roll[asked] = member;
        }

        return roll;
    }

    /// <summary>Those of the ids that are people.</summary>
    public async Task<IReadOnlySet<Guid>> PeopleAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ids.Count == 0 ? new HashSet<Guid>() : (await persons.NamesAsync(ids, ct)).Keys.ToHashSet();

    /// <summary>The site of each of the tables.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> TablesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ids.Count == 0 ? new Dictionary<Guid, Guid>() : await db.Set<SiteTable>().AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.SiteId, ct);

    /// <summary>Those of the ids that are sites, closed ones too.</summary>
    public async Task<IReadOnlySet<Guid>> SitesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        ids.Count == 0 ? new HashSet<Guid>() : (await db.Set<TestingSite>().Where(s => ids.Contains(s.Id)).Select(s => s.Id).ToListAsync(ct)).ToHashSet();

    /// <summary>Those of the sites, closed ones too, that are the actor's own now.</summary>
    public Task<IReadOnlySet<Guid>> ReachedAsync(IReadOnlyCollection<Guid> ids, Actor actor, CancellationToken ct) => sites.ReachedAsync(ids, actor, TubePermissions.Take, ct);

    /// <summary>The open sites at which the actor works now.</summary>
    public async Task<IReadOnlySet<Guid>> OwnSitesAsync(Actor actor, CancellationToken ct) =>
        (await sites.SitesAsync(actor, TubePermissions.Take, ct)).Select(s => s.Id).ToHashSet();
}
