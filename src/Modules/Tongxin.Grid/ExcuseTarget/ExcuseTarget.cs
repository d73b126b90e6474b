using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Tongxin.Grid.RecordVisit;
using Tongxin.Platform.Access;

namespace Tongxin.Grid.ExcuseTarget;

/// <summary>免访: the office excuses a target, with a reason. A fact like any other: it can be withdrawn, and a door that is answered reopens it.</summary>
internal sealed class ExcuseTarget(OutcomeWriter writer, VisitScope scopes)
{
    public async Task<Result> ExecuteAsync(Guid id, Guid roundId, Guid targetId, string? reason, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return GridErrors.ReasonMissing();
        var scope = await scopes.OfAsync(actor, GridPermissions.OpenRounds, ct);
        var answers = await writer.WriteAsync(
            [new OutcomeItem(id, roundId, targetId, OutcomeKind.Excused, Channel.Paper, Reason: reason)], scope.AdmitsDoor, actor, ct);
        return answers[0].Error is { } error ? error : Result.Ok;
    }
}
