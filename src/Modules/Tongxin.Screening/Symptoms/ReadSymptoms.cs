using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Core.Sampling;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Symptoms;

/// <summary>One person of a round, as far as it matters for the lane.</summary>
/// <param name="MarkedAt">When symptoms were said; null also where the reader may not know.</param>
internal sealed record LaneView(TestingRound Round, string Name, string Room, SamplingLane Lane, TargetStatus Status, DateTimeOffset? MarkedAt, string? MarkedBy);

/// <summary>Whoever said it, and a doctor, read that it was said; everybody else reads the lane.</summary>
internal sealed class ReadSymptoms(TongxinDb db, IRounds rounds, IPersons persons, ReadWho who)
{
    public async Task<LaneView?> FindAsync(Guid round, Guid person, Actor actor, CancellationToken ct)
    {
        var reach = await rounds.ReachAsync(actor, SymptomPermissions.Mark, ct);
        if (!(await rounds.StatesAsync(round, [person], ct)).TryGetValue(person, out var target) || !reach.Admits(target.CellId, target.PlacePath)) return null;
        if (await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == round, ct) is not { } testing) return null;
        if (await db.Set<Member>().AsNoTracking().SingleOrDefaultAsync(m => m.RoundId == round && m.PersonId == person, ct) is not { } member) return null;
        var mark = await db.Set<SymptomMark>().AsNoTracking().SingleOrDefaultAsync(m => m.RoundId == round && m.PersonId == person, ct);
        var doctors = actor.Can(SymptomPermissions.Read) ? await rounds.ReachAsync(actor, SymptomPermissions.Read, ct) : null;
        if (mark is not null && mark.AccountId != actor.AccountId && doctors?.Admits(target.CellId, target.PlacePath) != true) mark = null;
        var name = (await persons.NamesAsync([person], ct)).GetValueOrDefault(person) ?? "";
        var by = mark is null ? null : (await who.NamesAsync([mark.ById], ct)).GetValueOrDefault(mark.ById);
        return new LaneView(testing, ReadTesting.MayReadNames(actor) ? name : Core.Text.Mask.Name(name), target.Label, member.Lane, target.Status, mark?.At, by);
    }
}
