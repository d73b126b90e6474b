using Tongxin.Access.Gates.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates;

/// <summary>
/// A gate that warns of a second entry lets the guard decide; one that refuses decides by itself. To make it refuse takes a second person
/// of another unit. Back to warning, or to nothing, takes one.
/// </summary>
internal sealed class AskRefuseMode(TongxinDb db, GateSight sight, IApprovals approvals) : IHandle<ApprovalDecided>
{
    public const string Kind = "access.gate-refuse";

    public async Task<Result<Guid>> ExecuteAsync(Guid id, string? why, Actor actor, CancellationToken ct)
    {
        if (await sight.FindAsync(id, actor, GatePermissions.Edit, ct) is not { } gate) return GateErrors.NotFound;
        if (gate.PassBack == PassBackMode.Enforce) return GateErrors.AlreadySo;
        if (string.IsNullOrWhiteSpace(why) || why.Trim().Length > KeepGates.LongestWhy) return GateErrors.WhyMissing;
        var asked = approvals.Request(Kind, new ApprovalTitle("gates.approval.refuse", gate.Name, gate.PassBackMinutes.ToString(System.Globalization.CultureInfo.InvariantCulture)), id, new { gate = id }, why.Trim(), actor);
        if (asked.IsFailure) return asked.Error;
        await db.CommitAsync(ct);
        return asked;
    }

    public async Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened is not { Kind: Kind, Approved: true, SubjectId: { } id }) return;
        if (await db.Set<Gate>().FindAsync([id], ct) is not { ClosedAt: null } gate || gate.PassBack == PassBackMode.Enforce) return;
        gate.Change(gate.Facts with { PassBack = PassBackMode.Enforce });
        db.Record(happened.DecidedBy, "access.gate.changed", "gate", id, details: new { passBack = PassBackMode.Enforce, approval = happened.Id });
    }
}
