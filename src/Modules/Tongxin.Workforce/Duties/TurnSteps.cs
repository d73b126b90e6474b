using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Duties;

/// <summary>Steps of turns: the state machine, its event and its line in the journal together. The caller commits.</summary>
internal sealed class TurnSteps(TongxinDb db, TimeProvider clock)
{
    public Result Move(Turn turn, TurnState to, Actor actor, string? why = null)
    {
        var moved = turn.Move(to, clock.GetUtcNow());
        if (moved.IsFailure) return moved;
        db.Raise(new TurnMoved(turn.Id, turn.DutyId, turn.PersonId, to));
        db.Record(actor, $"workforce.turn.{to.ToString().ToLowerInvariant()}", "turn", turn.Id, why, new { duty = turn.DutyId, person = turn.PersonId });
        return Result.Ok;
    }

    /// <summary>The turn goes over to somebody who has agreed: for them it is confirmed.</summary>
    public void HandTo(Turn turn, Guid person, string how, Actor actor)
    {
        var from = turn.PersonId;
        turn.Reassign(person);
        if (turn.State == TurnState.Published) Move(turn, TurnState.Confirmed, actor);
        db.Raise(new TurnChangedHands(turn.Id, turn.DutyId, from, person));
        db.Record(actor, "workforce.turn.changed-hands", "turn", turn.Id, details: new { how, from, to = person });
    }
}

internal static class DutyCommit
{
    /// <summary>Commits; whoever came second is told so.</summary>
    public static async Task<Result> TryCommitAsync(this TongxinDb db, CancellationToken ct, Error? second = null)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return second ?? DutyErrors.Changed;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return second ?? DutyErrors.Changed;
        }
    }
}
