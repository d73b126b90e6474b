using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Screening.Registers.Data;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Registers;

/// <summary>A sheet in the clear takes two people: one asks with a purpose, another of another unit allows it for a day.</summary>
internal sealed class SheetLeaves(TongxinDb db, IApprovals approvals, ReadTesting testing, TimeProvider clock) : IHandle<ApprovalDecided>
{
    public const string Kind = "screening.sheet";

    private const int LongestPurpose = 200;

    public async Task<Result> RequestAsync(Guid round, ITestingSheet sheet, string? purpose, Actor actor, CancellationToken ct)
    {
        if (await testing.FindAsync(round, actor, ct, SheetPermissions.Export) is not { } view) return SheetErrors.NotFound;
        if (string.IsNullOrWhiteSpace(purpose) || purpose.Length > LongestPurpose) return SheetErrors.PurposeMissing;
        if (await IsWaitingAsync(round, sheet, actor, ct)) return SheetErrors.Waiting;
        var asked = approvals.Request(
            Kind, new ApprovalTitle($"sheets.approval.{sheet.Key}", view.Round.Number), round, new Asked(sheet.Key, purpose.Trim()), purpose.Trim(), actor);
        if (asked.IsFailure) return asked.Error;
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    /// <summary>The leave in force for this actor, if any.</summary>
    public Task<SheetLeave?> LeaveAsync(Guid round, ITestingSheet sheet, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Set<SheetLeave>().AsNoTracking().Where(l => l.RoundId == round && l.Sheet == sheet.Key && l.AccountId == actor.AccountId && l.ExpiresAt > now)
            .OrderByDescending(l => l.ExpiresAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>Whether a request of this actor still waits.</summary>
    public async Task<bool> IsWaitingAsync(Guid round, ITestingSheet sheet, Actor actor, CancellationToken ct) =>
        (await approvals.ListOpenAsync(actor, ct)).Any(a => a.Kind == Kind && a.SubjectId == round && a.RequestedBy == actor.AccountId && a.Title.Key == $"sheets.approval.{sheet.Key}");

    public Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened is not { Kind: Kind, Approved: true, SubjectId: { } round }) return Task.CompletedTask;
        if (JsonSerializer.Deserialize<Asked>(happened.Payload, JsonSerializerOptions.Web) is not { } asked) return Task.CompletedTask;
        db.Add(SheetLeave.Allow(happened.Id, round, asked.Sheet, happened.RequestedBy, asked.Purpose, clock.GetUtcNow()));
        return Task.CompletedTask;
    }

    private sealed record Asked(string Sheet, string Purpose);
}
