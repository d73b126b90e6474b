using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>Who acts on a record, and through what.</summary>
internal sealed record ReturnDoer(ReturnBy By, Actor? Actor = null, string? Device = null)
{
    public static readonly ReturnDoer Self = new(ReturnBy.Self);
    public static readonly ReturnDoer Rules = new(ReturnBy.Rules);
    public static readonly ReturnDoer Clock = new(ReturnBy.Clock);

    public static ReturnDoer Of(Actor actor, string? device = null) => new(ReturnBy.Account, actor, device);

    public Actor ForJournal => Actor ?? Actor.System;
}

/// <summary>Moves records along the chain: each step is refused or leaves a fact. What the person is told leaves through the outbox.</summary>
internal sealed class ReturnMoves(TongxinDb db, TimeProvider clock)
{
    private DateTimeOffset _last;

    public Result Step(ReturnRecord record, ReturnStep step, ReturnDoer doer, string? why = null)
    {
        var (from, now) = (record.State, Next(record));
        var moved = record.Move(step, now);
        if (moved.IsFailure) return moved;
        db.Add(ReturnEvent.Of(record, step, null, from, doer.By, doer.Actor, why, doer.Device, now));
        return Result.Ok;
    }

    /// <summary>The first fact of a record.</summary>
    public void Begin(ReturnRecord record, ReturnDoer doer) =>
        db.Add(ReturnEvent.Of(record, ReturnStep.Declare, null, record.State, doer.By, doer.Actor, null, doer.Device, Next(record)));

    /// <summary>Something worth keeping that moves nothing.</summary>
    public void Note(ReturnRecord record, string note, ReturnDoer doer, string? why = null) =>
        db.Add(ReturnEvent.Of(record, null, note, record.State, doer.By, doer.Actor, why, doer.Device, Next(record)));

    /// <summary>Tells the person. <paramref name="what"/> is the key of the text.</summary>
    public void Tell(ReturnRecord record, string what, string? arg = null)
    {
        var at = Next(record);
        db.Enqueue(TellReturn.MessageKind, $"{record.Id:N}:{Ids.New():N}", new ReturnNotice(record.Id, what, arg, at));
    }

    // The facts of a record keep their order, whatever the server's clock does meanwhile: never two at one microsecond, which is what databases keep.
    private DateTimeOffset Next(ReturnRecord record)
    {
        var now = clock.GetUtcNow();
        var last = record.ChangedAt > _last ? record.ChangedAt : _last;
        _last = now > last ? now : last.AddTicks(TimeSpan.TicksPerMicrosecond);
        return _last;
    }
}
