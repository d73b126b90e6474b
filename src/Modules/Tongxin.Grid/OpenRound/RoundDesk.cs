using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.Contracts;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.OpenRound;

internal sealed class RoundDesk(OpenRound open, RecordOutcomes record) : IRoundDesk
{
    public async Task<Result<Guid>> OpenDoorKnockAsync(string title, DateTimeOffset? startedAt, DateTimeOffset dueAt, Actor actor, CancellationToken ct)
    {
        var opened = await open.ExecuteAsync(new OpenRoundRequest(title, dueAt, [], [], startedAt), actor, ct);
        return opened.IsFailure ? opened.Error : opened.Value.Id;
    }

    public async Task<int> EnterAsync(Guid roundId, IReadOnlyList<DoorFact> facts, Actor actor, CancellationToken ct)
    {
        var taken = 0;
        foreach (var some in facts.Chunk(RecordOutcomes.MostItems))
        {
            var answers = await record.ExecuteAsync(
                [.. some.Select(f => new OutcomeItem(f.Id, roundId, f.HouseholdId, f.Kind, Channel.Paper, f.SeenAt, Reason: f.Reason))], actor, ct);
            taken += answers.Count(a => a.Verdict == ItemVerdict.Recorded);
        }
        return taken;
    }
}
