using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;

namespace Tongxin.Access.Returns.Areas;

/// <summary>Somebody for whom another list or edition asks something else.</summary>
internal sealed record Changed(Guid ReturnId, string Name, string? Unit, ReturnState State, ReturnOutcome From, DateOnly? FromUntil, ReturnOutcome To, DateOnly? ToUntil);

/// <summary>Whom a change would touch, season by season. Nothing is written.</summary>
internal sealed record DryRun(int Looked, IReadOnlyList<Changed> Changes);

/// <summary>Payload of the job that decides anew.</summary>
/// <param name="SeasonId">One season; null: all open ones.</param>
/// <param name="ChangesEdition">Whether the edition changes too, to <paramref name="EditionId"/>.</param>
internal sealed record RedecideOrder(Guid? SeasonId, Guid? RiskListId, bool ChangesEdition, string? EditionId);

/// <summary>Payload of the request that two people decide.</summary>
internal sealed record EditionChange(Guid SeasonId, string? From, string? To);

/// <summary>
/// Another list of areas, or another edition: first who would be asked something else, then, once decided, the decisions anew. What was
/// decided before stays as it was written, with the edition and the list by which it was decided. Those who have arrived are the doctor's.
/// </summary>
internal sealed class Redecide(TongxinDb db, ReturnSight sight, KeepRiskLists lists, ReturnRules rules, Seats seats, IApprovals approvals, IJobs jobs, SecretBox box, TimeProvider clock)
    : IJobHandler, IHandle<ApprovalDecided>
{
    public const string JobKind = "access.return.redecide";
    public const string ApprovalKindName = "access.return-edition";
    private const int Part = 500;

    public string Kind => JobKind;

    // Deciding anew by the same rules changes nothing.
    public bool CanRunAgain => true;

    /// <summary>Whom a list would touch, in all open seasons of the actor's reach.</summary>
    public async Task<DryRun> TryListAsync(Guid list, Actor actor, CancellationToken ct)
    {
        var all = new List<Changed>();
        var looked = 0;
        foreach (var season in (await (await sight.SeasonsAsync(actor, ReturnPermissions.Areas, ct)).AsNoTracking().Where(s => s.ClosedAt == null).ToListAsync(ct)).Where(s => s.IsOpen(clock.GetUtcNow())))
        {
            var run = await TryAsync(season, season.EditionId, list, ct);
            looked += run.Looked;
            all.AddRange(run.Changes);
        }
        return new DryRun(looked, all);
    }

    /// <summary>Whom another edition would touch in one season.</summary>
    public async Task<DryRun?> TryEditionAsync(Guid season, string? edition, Actor actor, CancellationToken ct) =>
        await sight.SeasonAsync(season, actor, ReturnPermissions.Edit, ct) is { } found ? await TryAsync(found, edition, found.RiskListId, ct) : null;

    /// <summary>Puts a list in force: open seasons decide by it from now on, and a job decides anew about all who have not arrived.</summary>
    public async Task<Result> PutInForceAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var list = await lists.SeesAsync(actor, ct) ? await db.Set<RiskList>().SingleOrDefaultAsync(l => l.Id == id, ct) : null;
        if (list is null) return ReturnErrors.ListNotFound;
        if (!list.IsDraft) return ReturnErrors.ListNotDraft;
        list.PutInForce(clock.GetUtcNow());
        jobs.Start(JobKind, $"{list.Number}", new RedecideOrder(null, id, false, null), actor);
        db.Record(actor, "access.risk-list.in-force", "risk-list", id, details: new { list.Number });
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ReturnErrors.ListNotDraft;
        }
    }

    /// <summary>Asks for another edition in a season; a second person of another unit decides.</summary>
    public async Task<Result> AskEditionAsync(Guid seasonId, string? edition, string? why, Actor actor, CancellationToken ct)
    {
        var season = await sight.SeasonAsync(seasonId, actor, ReturnPermissions.Edit, ct);
        if (season is null) return ReturnErrors.SeasonNotFound;
        if (edition is not null && Editions.Find(edition) is null) return ReturnErrors.EditionUnknown;
        if (edition == season.EditionId) return ReturnErrors.EditionSame;
        if (string.IsNullOrWhiteSpace(why) || why.Length > ChangeReturn.LongestReason) return ReturnErrors.ReasonMissing;
        var asked = approvals.Request(ApprovalKindName, new ApprovalTitle("returns.approval.edition", season.Title, edition ?? "—"), season.Id, new EditionChange(season.Id, season.EditionId, edition), why.Trim(), actor);
        if (asked.IsFailure) return asked.Error;
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened.Kind != ApprovalKindName || !happened.Approved) return Task.CompletedTask;
        var change = JsonSerializer.Deserialize<EditionChange>(happened.Payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        jobs.Start(JobKind, change.To ?? "—", new RedecideOrder(change.SeasonId, null, true, change.To), happened.DecidedBy);
        return Task.CompletedTask;
    }

    public async Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<RedecideOrder>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        var open = await db.Set<ReturnSeason>().AsNoTracking().Where(s => s.ClosedAt == null && (order.SeasonId == null || s.Id == order.SeasonId)).Select(s => s.Id).ToListAsync(ct);
        foreach (var id in open) await SeasonAsync(id, order, context, ct);
        context.Href = order.SeasonId is { } one ? $"/returns/seasons/{one}" : "/returns";
        return Result.Ok;
    }

    /// <summary>The season first, alone: whoever declares from now on is decided by the new rules. Then the records, some hundred at a time.</summary>
    private async Task SeasonAsync(Guid id, RedecideOrder order, JobContext context, CancellationToken ct)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            await seats.HoldAsync(id, ct);
            var season = await db.Set<ReturnSeason>().SingleAsync(s => s.Id == id, ct);
            season.DecideBy(order.ChangesEdition ? order.EditionId : season.EditionId, order.RiskListId ?? season.RiskListId);
            db.Record(context.Actor, "access.return-season.decides-by", "return-season", id, details: new { season.EditionId, season.RiskListId });
            await db.CommitAsync(ct);
            await transaction.CommitAsync(ct);
        }
        var ids = await db.Set<ReturnRecord>().Where(r => r.SeasonId == id && (r.State == ReturnState.Decided || r.State == ReturnState.Booked)).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(ct);
        var (done, changed) = (0, 0);
        foreach (var part in ids.Chunk(Part))
        {
            db.Forget();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await seats.HoldAsync(id, ct);
            var season = await db.Set<ReturnSeason>().AsNoTracking().SingleAsync(s => s.Id == id, ct);
            var set = await rules.OfAsync(season, ct);
            foreach (var record in await db.Set<ReturnRecord>().Where(r => part.Contains(r.Id)).OrderBy(r => r.CreatedAt).ToListAsync(ct))
                if (await rules.RuleAsync(record, set, ct)) changed++;
            db.Record(context.Actor, "access.return.redecided", "return-season", id, details: new { looked = part.Length });
            await db.CommitAsync(ct);
            await transaction.CommitAsync(ct);
            done += part.Length;
            await context.ReportAsync(done, ids.Count, null, ct);
        }
        db.Record(context.Actor, "access.return.redecided-all", "return-season", id, details: new { looked = ids.Count, changed });
        await db.CommitAsync(ct);
    }

    private async Task<DryRun> TryAsync(ReturnSeason season, string? edition, Guid? list, CancellationToken ct)
    {
        var set = await rules.OfAsync(edition, list, ct);
        var records = await db.Set<ReturnRecord>().AsNoTracking().Where(r => r.SeasonId == season.Id && (r.State == ReturnState.Decided || r.State == ReturnState.Booked)).OrderBy(r => r.Name).ThenBy(r => r.Id).ToListAsync(ct);
        var names = (await sight.TreeAsync(ct)).ToDictionary(u => u.Id, u => u.Name);
        var changes = new List<Changed>();
        foreach (var record in records)
        {
            var decision = set.Decide(record.Journey(box));
            if (decision.AsksTheSameAs(record.Outcome.GetValueOrDefault(), record.Until) && decision.Regime == record.Regime) continue;
            changes.Add(new Changed(record.Id, record.Name, record.UnitId is { } unit ? names.GetValueOrDefault(unit) : null, record.State, record.Outcome.GetValueOrDefault(), record.Until, decision.Outcome, decision.Until));
        }
        return new DryRun(records.Count, changes);
    }
}
