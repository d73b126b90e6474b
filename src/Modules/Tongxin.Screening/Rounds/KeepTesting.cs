using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites;

namespace Tongxin.Screening.Rounds;

/// <summary>Lets sampling begin, and ends a round.</summary>
internal sealed class KeepTesting(TongxinDb db, TimeProvider clock, IRoundDesk desk, IRounds rounds, ReadStaff staff)
{
    public const int LongestReason = 200;

    /// <summary>Not while a table lacks a clerk or a site its 点长, unless somebody says why: the answer for that is on record.</summary>
    public async Task<Result> StartAsync(Guid id, string? reason, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(id, actor, ct) is not { } round) return TestingErrors.NotFound;
        if (reason?.Length > LongestReason) return TestingErrors.ReasonMissing;
        var gaps = await staff.GapsAsync(await SitesOfAsync(id, ct), ct);
        var started = round.Start(gaps.Count, reason, actor.AccountId, clock.GetUtcNow());
        if (started.IsFailure) return started;
        db.Record(actor, "screening.round.started", "round", id, round.StartReason, new { gaps = gaps.Count });
        return await CommitAsync(ct);
    }

    public async Task<Result> CloseAsync(Guid id, string? reason, Actor actor, CancellationToken ct)
    {
        if (await FindAsync(id, actor, ct) is not { } round) return TestingErrors.NotFound;
        if (reason?.Length > LongestReason) return TestingErrors.ReasonMissing;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        round.Close(clock.GetUtcNow());
        db.Record(actor, "screening.round.closed", "round", id, reason);
        var closed = await desk.CloseAsync(id, reason, actor, ct);
        if (closed.IsFailure) return closed;
        // What was said of somebody's health was said for this round.
        await db.Set<SymptomMark>().Where(m => m.RoundId == id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task<IReadOnlyList<Guid>> SitesOfAsync(Guid round, CancellationToken ct) =>
        await db.Set<TestingRoundSite>().AsNoTracking().Where(s => s.RoundId == round).Select(s => s.SiteId).ToListAsync(ct);

    /// <summary>The whole round must lie within reach: nobody ends it for others.</summary>
    private async Task<TestingRound?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        if (await rounds.WholeAsync(id, TestingPermissions.Open, actor, ct) is null) return null;
        return await db.Set<TestingRound>().SingleOrDefaultAsync(r => r.Id == id, ct);
    }

    private async Task<Result> CommitAsync(CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return TestingErrors.Changed;
        }
    }
}
