using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>Reads which edition is in force.</summary>
internal sealed class ProtocolsInForce(TongxinDb db) : IProtocolsInForce
{
    public async Task<Edition?> AtAsync(DateTimeOffset at, CancellationToken ct) =>
        await db.Set<ProtocolPeriod>().AsNoTracking().Where(p => p.From <= at && (p.Until == null || at < p.Until)).OrderByDescending(p => p.From).Select(p => p.EditionId).FirstOrDefaultAsync(ct) is { } id
            ? Editions.Find(id)
            : null;

    /// <summary>All periods, the latest first.</summary>
    public Task<List<ProtocolPeriod>> ListAsync(CancellationToken ct) => db.Set<ProtocolPeriod>().AsNoTracking().OrderByDescending(p => p.From).ToListAsync(ct);
}

/// <summary>Asks to put an edition in force, in place of the one that is, or to end it without another.</summary>
internal sealed class AskProtocol(TongxinDb db, IProtocolsInForce protocols, IApprovals approvals, TimeProvider clock)
{
    public const string Kind = "access.protocol";

    /// <param name="edition">Null to end the one in force.</param>
    /// <param name="why">For the journal and the decider.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<Result<Guid>> ExecuteAsync(string? edition, string? why, Actor actor, CancellationToken ct)
    {
        // For the whole installation: not by somebody who answers for a part of it.
        if (!actor.Can(RestrictionPermissions.AskProtocols)) return RestrictionErrors.NoRight;
        var wanted = edition is null ? null : Editions.Find(edition);
        if (edition is not null && wanted is null) return ProtocolErrors.EditionUnknown;
        var inForce = await protocols.AtAsync(clock.GetUtcNow(), ct);
        if (wanted is null && inForce is null) return ProtocolErrors.None;
        if (wanted is not null && wanted.Id == inForce?.Id) return ProtocolErrors.InForce;
        if (Whole.Clean(why) is not { Length: <= AskRestrictions.LongestText } reason) return ProtocolErrors.WhyMissing;
        var title = wanted is null ? new ApprovalTitle("approval.protocol.end", inForce?.Name ?? "") : new ApprovalTitle("approval.protocol.start", wanted.Name);
        var asked = approvals.Request(Kind, title, null, new ProtocolAsked(wanted?.Id, inForce?.Id, actor.AccountId, reason), reason, actor);
        if (asked.IsFailure) return asked.Error;
        await db.CommitAsync(ct);
        return asked;
    }
}

/// <summary>Payload of the approval. <paramref name="Instead"/> is the edition in force when it was asked: agreed to later, it must still be.</summary>
internal sealed record ProtocolAsked(string? Edition, string? Instead, Guid By, string Why);

/// <summary>
/// The second person's word about a protocol. When one ends without another there are no colours any more, so every measure is lifted with
/// a notice: nothing comes back to life should a protocol begin again.
/// </summary>
internal sealed class DecideProtocol(TongxinDb db, MeasureSteps steps, SecretBox box, TimeProvider clock) : IHandle<ApprovalDecided>
{
    // One row that all decisions about protocols hold.
    private static readonly Guid Gate = new("0190a000-0000-7000-8000-0000000acce5");

    public async Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened is not { Kind: AskProtocol.Kind, Approved: true } || JsonSerializer.Deserialize<ProtocolAsked>(happened.Payload, JsonSerializerOptions.Web) is not { } asked) return;
        var now = clock.NowInSeconds();
        await db.HoldAsync(Gate, now, ct);
        var open = await db.Set<ProtocolPeriod>().Where(p => p.Until == null).OrderByDescending(p => p.From).FirstOrDefaultAsync(ct);
        if (open?.EditionId != asked.Instead)
        {
            db.Record(happened.DecidedBy, "access.protocol.overtaken", "approval", happened.Id);
            return;
        }
        open?.End(now, asked.By, happened.DecidedBy.AccountId);
        if (asked.Edition is { } edition)
        {
            db.Add(ProtocolPeriod.Start(edition, now, asked.By, happened.DecidedBy.AccountId, asked.Why));
            db.Record(happened.DecidedBy, "access.protocol.started", "protocol", null, asked.Why, new { edition, instead = asked.Instead });
            return;
        }
        db.Record(happened.DecidedBy, "access.protocol.ended", "protocol", open?.Id, asked.Why);
        foreach (var measure in await db.Set<Measure>().Where(m => m.State == MeasureState.Active && now < m.Until).ToListAsync(ct))
            if (measure.IsGenuine(box)) LiftRestriction.Lift(measure, steps, happened.DecidedBy, now, asked.Why);
    }
}
