using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Duties;

/// <summary>A turn of a published roster with its duty and its post.</summary>
internal sealed class OnDuty
{
    public required Turn Turn { get; init; }
    public required RosterDuty Duty { get; init; }
    public required Post Post { get; init; }

    /// <summary>Stands there, or is to come.</summary>
    public bool Counts => Turn.State is not (TurnState.Absent or TurnState.Covered) && !Turn.IsReserve;
}

/// <summary>Reads the turns that people act on: those of published rosters. Whose turn it is, decides who may see it.</summary>
internal sealed class DutyBook(TongxinDb db, IPersons persons)
{
    public IQueryable<OnDuty> Turns =>
        from t in db.Set<Turn>()
        join r in db.Set<Roster>() on t.RosterId equals r.Id
        where r.State == RosterState.Published && t.State != TurnState.Draft
        join d in db.Set<RosterDuty>() on t.DutyId equals d.Id
        join p in db.Set<Post>() on d.PostId equals p.Id
        select new OnDuty { Turn = t, Duty = d, Post = p };

    /// <summary>The actor's own turn, to be changed; null when it is somebody else's.</summary>
    public async Task<OnDuty?> OwnAsync(Guid turnId, Actor actor, CancellationToken ct) =>
        actor.PersonId is { } person ? await Turns.SingleOrDefaultAsync(x => x.Turn.Id == turnId && x.Turn.PersonId == person, ct) : null;

    /// <summary>Names of persons, by id; a merged entry under the id it had.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var asked = ids.Distinct().ToList();
        if (asked.Count == 0) return new Dictionary<Guid, string>();
        return (await persons.FindAsync(asked, ct)).DistinctBy(p => p.Id).ToDictionary(p => p.Id, p => p.Name);
    }
}
