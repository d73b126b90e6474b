using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>
/// Two entries turned out to be one person: a sample that was taken under the entry that is not on the roll counts for the one that is. Tubes
/// themselves are facts and keep the name they were given.
/// </summary>
internal sealed class FollowMergedTests(TongxinDb db, TubeWriter tubes, TimeProvider clock) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var untold = await (
            from test in db.Set<TestRow>().AsNoTracking()
            join round in db.Set<TestingRound>() on test.RoundId equals round.Id
            where (test.PersonId == happened.GoneId || test.PersonId == happened.KeptId) && test.CountedIn != null && test.RoundFactId == null && round.ClosedAt == null
            select new { test.RoundId, test.PersonId }).ToListAsync(ct);
        if (untold.Count > 0) await tubes.TellGridAsync(await TubeLocks.TestsAsync(db, untold.Select(t => (t.RoundId, t.PersonId)), clock.GetUtcNow(), ct), Actor.System, _ => null, ct);
    }
}
