using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Gates.Data;
using Tongxin.Access.Gates.Readings;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Tracing;

/// <summary>A request as its asker sees it.</summary>
internal sealed record TraceView(Trace Trace, string Gate, string Purpose, bool IsReadable);

/// <summary>Somebody who was there, in the clear.</summary>
internal sealed record TraceRow(Passage Passage, string Name, string? Household, string? Phone);

/// <summary>
/// 谁在这个门: for tracing alone. One asks with a purpose and a case, a second person of another unit allows it, the asker reads it for a
/// day, and each look is in the journal with its number of rows.
/// </summary>
internal sealed class AskTrace(TongxinDb db, GateSight sight, IPassages passages, IPassBook passBook, IPersons persons, IApprovals approvals, SecretBox box, TimeProvider clock) : IHandle<ApprovalDecided>
{
    public const string Kind = "access.trace";
    public const int MostRows = 20_000;
    public const int LongestPurpose = 200;
    public const int LongestCase = 40;
    public static readonly TimeSpan LongestSpan = TimeSpan.FromHours(24);

    public async Task<Result<Guid>> ExecuteAsync(Guid gateId, DateTimeOffset from, DateTimeOffset until, string? caseRef, string? purpose, Actor actor, CancellationToken ct)
    {
        if ((await sight.GatesAsync(actor, GatePermissions.Trace, ct, withClosed: true)).FirstOrDefault(g => g.Id == gateId) is not { } gate) return GateErrors.NotFound;
        if (string.IsNullOrWhiteSpace(purpose) || purpose.Trim().Length > LongestPurpose) return GateErrors.TracePurpose;
        if (string.IsNullOrWhiteSpace(caseRef) || caseRef.Trim().Length > LongestCase) return GateErrors.TraceCase;
        var now = clock.GetUtcNow();
        if (until <= from || from < now - PassageLife.Whole || from > now || until - from > LongestSpan) return GateErrors.TraceSpan;
        var trace = Trace.Ask(gateId, from, until, caseRef.Trim(), purpose.Trim(), actor.AccountId, now, box);
        // The purpose may speak of somebody's health: the decider reads the case, the journal neither.
        var asked = approvals.Request(Kind, new ApprovalTitle("gates.approval.trace", gate.Name, Local(from), Local(until)), trace.Id, new { trace.Id }, caseRef.Trim(), actor);
        if (asked.IsFailure) return asked.Error;
        db.Add(trace);
        db.Record(actor, "access.trace.asked", "gate", gateId, details: new { trace = trace.Id });
        await db.CommitAsync(ct);
        return trace.Id;
    }

    public async Task<IReadOnlyList<TraceView>> ListAsync(Actor actor, CancellationToken ct)
    {
        var traces = await db.Set<Trace>().AsNoTracking().Where(t => t.AccountId == actor.AccountId).OrderByDescending(t => t.AskedAt).Take(100).ToListAsync(ct);
        var names = await db.Set<Gate>().Select(g => new { g.Id, g.Name }).ToDictionaryAsync(g => g.Id, g => g.Name, ct);
        var now = clock.GetUtcNow();
        return [.. traces.Select(t => new TraceView(t, names.GetValueOrDefault(t.GateId) ?? "", box.Unseal(t.PurposeSealed) ?? "", t.IsReadable(now)))];
    }

    /// <summary>Null when it is not the actor's own.</summary>
    public async Task<TraceView?> FindAsync(Guid id, Actor actor, CancellationToken ct) => (await ListAsync(actor, ct)).FirstOrDefault(t => t.Trace.Id == id);

    /// <summary>Who was there; empty once the day is over. Each look is journaled. Commits.</summary>
    public async Task<IReadOnlyList<TraceRow>> ReadAsync(TraceView view, Actor actor, CancellationToken ct)
    {
        if (!view.Trace.IsReadable(clock.GetUtcNow()) || view.Trace.AccountId != actor.AccountId) return [];
        var found = await passages.ListAsync(new PassageFilter([view.Trace.GateId], view.Trace.From, view.Trace.Until) { Take = MostRows }, ct);
        var ids = found.Select(p => p.Id).ToList();
        var notes = await db.Set<GateNote>().AsNoTracking().Where(n => ids.Contains(n.Id)).ToDictionaryAsync(n => n.Id, ct);
        var permitIds = found.Select(p => p.PermitId ?? p.Id).ToList();
        var permits = await db.Set<Permit>().AsNoTracking().Where(p => permitIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var passes = await passBook.FindAsync([.. found.Select(p => p.PassRef).OfType<Guid>().Distinct()], ct);
        Guid? PersonOf(Passage passage) => permits.GetValueOrDefault(passage.PermitId ?? passage.Id)?.PersonId ?? (passage.PassRef is { } pass && passes.TryGetValue(pass, out var fact) ? fact.PersonId : null);
        var people = await PeopleAsync(found.Select(PersonOf).OfType<Guid>().Distinct().ToList(), ct);
        db.Record(actor, "access.trace.read", "gate", view.Trace.GateId, view.Trace.CaseRef, new { trace = view.Trace.Id, rows = found.Count });
        await db.CommitAsync(ct);
        return
        [
            .. found.OrderBy(p => p.SeenAt).Select(p =>
            {
                var permit = permits.GetValueOrDefault(p.PermitId ?? p.Id);
                var detail = permit is null ? null : PermitDetail.Unseal(permit.Detail, box);
                var person = PersonOf(p) is { } id ? people.GetValueOrDefault(id) : null;
                return new TraceRow(p, person?.Name ?? detail?.Name ?? (notes.TryGetValue(p.Id, out var note) ? box.Unseal(note.NameSealed) : null) ?? "", person?.HouseholdLabel, detail?.Phone);
            }),
        ];
    }

    /// <summary>The case needs them no more: the next night deletes what is past its life.</summary>
    public async Task<Result> ReleaseAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var trace = await db.Set<Trace>().SingleOrDefaultAsync(t => t.Id == id && t.AccountId == actor.AccountId, ct);
        if (trace is null) return GateErrors.TraceNotFound;
        trace.Release(clock.GetUtcNow());
        db.Record(actor, "access.trace.released", "gate", trace.GateId, details: new { trace = id });
        return await db.TryCommitAsync(GateErrors.Changed, GateErrors.Changed, ct);
    }

    public async Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened.Kind != Kind || await db.Set<Trace>().SingleOrDefaultAsync(t => t.Id == happened.SubjectId, ct) is not { State: TraceState.Asked } trace) return;
        var now = clock.GetUtcNow();
        if (!happened.Approved)
        {
            trace.Refuse(now);
            return;
        }
        var found = await passages.ListAsync(new PassageFilter([trace.GateId], trace.From, trace.Until) { Take = MostRows }, ct);
        trace.Grant(found.Count, now);
        db.AddRange(found.Select(p => TracePassage.Of(trace.Id, p.Id)));
    }

    private async Task<Dictionary<Guid, PersonView>> PeopleAsync(List<Guid> ids, CancellationToken ct) =>
        ids.Count == 0 ? [] : (await persons.FindAsync(ids, ct)).DistinctBy(p => p.Id).ToDictionary(p => p.Id);

    private static string Local(DateTimeOffset at) => CampusCalendar.Local(at).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);
}
