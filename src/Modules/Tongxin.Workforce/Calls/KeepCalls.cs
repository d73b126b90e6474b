using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>How many applied to a call and what became of them: <c>Applied = Accepted + Reserve + Declined + Waiting</c>.</summary>
internal sealed record CallFigures(int Applied, int Accepted, int Reserve, int Declined, int Waiting)
{
    public static readonly CallFigures None = new(0, 0, 0, 0, 0);
}

/// <summary>A call with its figures.</summary>
internal sealed record CallLine(Call Call, bool IsOpen, CallFigures Figures);

/// <summary>What was typed about a call; texts as typed, times in campus time.</summary>
internal sealed record CallDraft(string? Title, string? Purpose, IReadOnlyList<CampusDuty> Duties, IReadOnlyList<Skill> Skills, int Places, DateTime? Closes, Guid? UnitId);

/// <summary>Opens, corrects, lists and closes calls.</summary>
internal sealed class KeepCalls(TongxinDb db, CallSight sight, TimeProvider clock)
{
    public const int MostPlaces = 100_000;
    private const int LongestTitle = 60;
    private const int LongestPurpose = 1000;

    public async Task<IReadOnlyList<CallLine>> ListAsync(Actor actor, CancellationToken ct)
    {
        var calls = await (await sight.CallsAsync(actor, CallPermissions.Read, ct)).AsNoTracking().OrderByDescending(c => c.OpenedAt).ThenByDescending(c => c.Id).ToListAsync(ct);
        return await WithFiguresAsync(calls, ct);
    }

    public async Task<CallLine?> FindAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var call = await sight.FindAsync(id, actor, CallPermissions.Read, ct);
        return call is null ? null : (await WithFiguresAsync([call], ct))[0];
    }

    public async Task<Result<Guid>> OpenAsync(CallDraft draft, Actor actor, CancellationToken ct)
    {
        var facts = await ReadAsync(draft, actor, ct);
        if (facts.IsFailure) return facts.Error;
        var call = Call.Open(NewCode(8), facts.Value, clock.GetUtcNow());
        db.Add(call);
        db.Record(actor, "workforce.call.opened", "call", call.Id, details: new { places = call.Places });
        await db.CommitAsync(ct);
        return call.Id;
    }

    public async Task<Result> CorrectAsync(Guid id, CallDraft draft, int version, Actor actor, CancellationToken ct)
    {
        var call = await sight.FindAsync(id, actor, CallPermissions.Edit, ct);
        if (call is null) return CallErrors.NotFound;
        if (call.ClosedAt is not null) return CallErrors.AlreadyClosed;
        if (call.Version != version) return CallErrors.Changed;
        var facts = await ReadAsync(draft, actor, ct);
        if (facts.IsFailure) return facts.Error;
        call.Correct(facts.Value);
        db.Record(actor, "workforce.call.corrected", "call", id, details: new { places = call.Places });
        return await CommitAsync(ct);
    }

    public async Task<Result> CloseAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var call = await sight.FindAsync(id, actor, CallPermissions.Edit, ct);
        if (call is null) return CallErrors.NotFound;
        if (call.ClosedAt is not null) return CallErrors.AlreadyClosed;
        call.Close(clock.GetUtcNow());
        db.Record(actor, "workforce.call.closed", "call", id);
        return await CommitAsync(ct);
    }

    /// <summary>Letters and digits that cannot be taken for one another.</summary>
    internal static string NewCode(int length) => RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", length);

    private async Task<IReadOnlyList<CallLine>> WithFiguresAsync(IReadOnlyList<Call> calls, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var ids = calls.Select(c => c.Id).ToList();
        var counts = (await db.Set<Application>().Where(a => ids.Contains(a.CallId))
            .GroupBy(a => new { a.CallId, a.Verdict }).Select(g => new { g.Key.CallId, g.Key.Verdict, Count = g.Count() }).ToListAsync(ct)).ToLookup(c => c.CallId);
        return [.. calls.Select(call =>
        {
            int Of(Verdict verdict) => counts[call.Id].FirstOrDefault(c => c.Verdict == verdict)?.Count ?? 0;
            return new CallLine(call, call.IsOpen(now), new CallFigures(counts[call.Id].Sum(c => c.Count), Of(Verdict.Accepted), Of(Verdict.Reserve), Of(Verdict.Declined), Of(Verdict.Waiting)));
        })];
    }

    private async Task<Result<CallFacts>> ReadAsync(CallDraft draft, Actor actor, CancellationToken ct)
    {
        var (title, purpose) = (TextFold.Clean(draft.Title), draft.Purpose?.Trim() ?? "");
        if (title.Length is 0 or > LongestTitle) return CallErrors.TitleMissing;
        if (purpose.Length is 0 or > LongestPurpose) return CallErrors.PurposeMissing;
        if (draft.Duties.Count == 0) return CallErrors.DutyMissing;
        if (draft.Places is < 1 or > MostPlaces) return CallErrors.PlacesWrong;
        if (draft.Closes is not { } typed) return CallErrors.ClosesWrong;
        var closes = CampusCalendar.At(DateOnly.FromDateTime(typed), TimeOnly.FromDateTime(typed));
        var now = clock.GetUtcNow();
        if (closes <= now || closes > now.AddYears(1)) return CallErrors.ClosesWrong;
        if (draft.UnitId is { } unit ? !(await sight.UnitsAsync(actor, CallPermissions.Edit, ct)).Any(u => u.Id == unit) : !actor.ScopeOf(CallPermissions.Edit).Everything)
            return CallErrors.UnitNotFound;
        return new CallFacts(title, purpose, draft.Duties, draft.Skills, draft.Places, closes, draft.UnitId);
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
            return CallErrors.Changed;
        }
    }
}
