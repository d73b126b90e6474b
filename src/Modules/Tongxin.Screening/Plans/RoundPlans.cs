using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Plans;

internal sealed class RoundPlans(TongxinDb db, MakePlan plans, PlanGround ground) : IRoundPlans
{
    public async Task<PlannedRound?> FindAsync(Guid roundId, CancellationToken ct)
    {
        if (await db.Set<TestingRound>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == roundId, ct) is not { } round) return null;
        if (await plans.LastAsync(roundId, publishedOnly: true, ct) is not { } plan) return null;
        var body = plan.Read();
        var people = await ground.PeopleAsync(roundId, ct);
        var doors = body.Units.SelectMany(u => u.Doors.Select((door, at) => (door, Unit: u.Id, At: at))).ToDictionary(d => d.door, d => (d.Unit, d.At));
        return new PlannedRound(
            await ground.RequestAsync(round, body.Options, body.Units, people, ct), body.Plan,
            [.. people.Where(p => doors.ContainsKey(p.Door)).Select(p => new PlannedPerson(p.Person, doors[p.Door].Unit, doors[p.Door].At, p.Lane))]);
    }
}
