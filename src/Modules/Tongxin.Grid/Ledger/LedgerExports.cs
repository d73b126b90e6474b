using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Grid.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.Ledger;

/// <summary>The ledger in the clear takes two people: one asks with a purpose, another of another unit allows it for a day.</summary>
internal sealed class LedgerExports(TongxinDb db, IApprovals approvals, TimeProvider clock) : IHandle<ApprovalDecided>
{
    public const string Kind = "grid.ledger";

    public async Task<Result> RequestAsync(Guid roundId, string? purpose, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(purpose)) return GridErrors.ReasonMissing();
        var number = await db.Doors().Where(r => r.Id == roundId).Select(r => r.Number).SingleOrDefaultAsync(ct);
        if (number is null) return GridErrors.RoundUnknown();
        var asked = approvals.Request(Kind, new ApprovalTitle("grid.approval.ledger", number), roundId, new Asked(purpose.Trim()), purpose.Trim(), actor);
        if (asked.IsFailure) return asked.Error;
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    /// <summary>The leave in force for this actor, if any.</summary>
    public Task<LedgerExport?> LeaveAsync(Guid roundId, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<LedgerExport>().AsNoTracking().Where(x => x.RoundId == roundId && x.AccountId == actor.AccountId && x.ExpiresAt > now)
            .OrderByDescending(x => x.ExpiresAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>Whether a request of this actor still waits.</summary>
    public async Task<bool> IsWaitingAsync(Guid roundId, Actor actor, CancellationToken ct) =>
        (await approvals.ListOpenAsync(actor, ct)).Any(a => a.Kind == Kind && a.SubjectId == roundId && a.RequestedBy == actor.AccountId);

    public Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened is not { Kind: Kind, Approved: true, SubjectId: { } round }) return Task.CompletedTask;
        var asked = JsonSerializer.Deserialize<Asked>(happened.Payload, JsonSerializerOptions.Web);
        db.Add(LedgerExport.Allow(happened.Id, round, happened.RequestedBy, asked?.Purpose ?? "", clock.GetUtcNow()));
        return Task.CompletedTask;
    }

    private sealed record Asked(string Purpose);
}
