using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Rounds;

/// <summary>
/// Two entries of a roll turned out to be one person: one of them is excused, so that nobody is looked for who does not exist or was sampled under the
/// other entry. The roll itself is frozen and keeps both.
/// </summary>
internal sealed class FollowMergedMember(TongxinDb db, IRounds rounds, IRoundDesk desk, TimeProvider clock) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var both = await (
            from gone in db.Set<Member>().AsNoTracking()
            join round in db.Set<TestingRound>() on gone.RoundId equals round.Id
            where gone.PersonId == happened.GoneId && round.ClosedAt == null && db.Set<Member>().Any(kept => kept.RoundId == round.Id && kept.PersonId == happened.KeptId)
            select round.Id).ToListAsync(ct);
        foreach (var round in both)
        {
            var states = await rounds.StatesAsync(round, [happened.GoneId, happened.KeptId], ct);
            // The sample counts under the entry under which it was taken.
            var twice = states.GetValueOrDefault(happened.GoneId)?.Status == TargetStatus.Done ? happened.KeptId : happened.GoneId;
            if (states.GetValueOrDefault(twice)?.Status != TargetStatus.Outstanding) continue;
            await desk.RecordAsync(round, [new RoundFact(Ids.New(), twice, OutcomeKind.Excused, Channel.Paper, clock.GetUtcNow(), Reason: nameof(ExcuseReason.Duplicate))], Actor.System, ct);
        }
    }
}
