using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>
/// Asks for measures: each person with an evidence of one's own, under the edition in force, with an end, decided by a second person of
/// another unit. More than twenty persons of one requester in an hour, however split, stop here unless the leading group is asked.
/// </summary>
internal sealed class AskRestrictions(
    TongxinDb db, PersonSight sight, IEnumerable<IEvidence> sources, IProtocolsInForce protocols, IApprovals approvals, MeasureSteps steps, Alarms alarms,
    SecretBox box, TimeProvider clock)
{
    public const string Kind = "access.measures";
    public const string KindOfMany = "access.measures-many";
    public const string WatchKind = "access.watch";

    /// <summary>Above so many persons in an hour the leading group decides.</summary>
    public const int MostAlone = 20;
    public const int MostInBatch = 200;
    public const int LongestText = 200;
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public async Task<Result<RestrictionsAsked>> ExecuteAsync(RestrictionRequest request, Actor actor, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is not null) throw new InvalidOperationException("Asked for within a transaction: an alarm could not be kept.");
        if (!actor.Can(RestrictionPermissions.Impose)) return await RefuseAsync(AlarmKind.NoRight, RestrictionErrors.NoRight, request, actor, ct);
        if (CheckTexts(request) is { } wrong) return wrong;
        if (CheckPersons(request) is { } unclear) return unclear;
        var now = clock.NowInSeconds();
        var until = DateTimeOffset.FromUnixTimeSeconds(request.Until.ToUnixTimeSeconds());
        if (await protocols.AtAsync(now, ct) is not { HasColours: true } edition) return ProtocolErrors.None;
        if (edition.RuleFor(request.Kind) is not { } rule) return RestrictionErrors.KindUnknown;
        if (until <= now) return RestrictionErrors.UntilPast;
        if (until > now.AddDays(rule.MaxDays)) return RestrictionErrors.UntilTooFar(rule.MaxDays);

        Guid[] persons = [.. request.Persons.Select(p => p.PersonId)];
        if ((await sight.WithinAsync(persons, actor, RestrictionPermissions.Impose, ct)).Count != persons.Length)
            return await RefuseAsync(AlarmKind.OutOfScope, RestrictionErrors.PersonNotFound, request, actor, ct);
        if (!await HasEvidenceAsync(request, ct)) return await RefuseAsync(AlarmKind.NoEvidence, RestrictionErrors.NoEvidence, request, actor, ct);
        return await StoreAsync(request, edition, until, now, actor, ct);
    }

    private async Task<Result<RestrictionsAsked>> StoreAsync(RestrictionRequest request, Edition edition, DateTimeOffset until, DateTimeOffset now, Actor actor, CancellationToken ct)
    {
        var (asked, many) = (0, false);
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            await db.HoldAsync(actor.PersonId ?? actor.AccountId, now, ct);
            asked = await OfLastHourAsync(actor, now, ct) + request.Persons.Count;
            many = asked > MostAlone;
            if (!many || request.LeadingGroup)
            {
                var stored = await AddAsync(request, many || request.LeadingGroup, edition, until, now, actor, ct);
                if (stored.IsFailure) return stored;
                if ((await db.TryCommitAsync(RestrictionErrors.Already, ct)).IsFailure) return RestrictionErrors.Already;
                await transaction.CommitAsync(ct);
                if (many) await alarms.RaiseAsync(AlarmKind.ManyAsked, actor.AccountId.ToString("N"), actor, new { asked, batch = stored.Value.BatchId }, ct);
                return stored;
            }
        }
        return await RefuseAsync(AlarmKind.TooMany, RestrictionErrors.TooMany(asked), request, actor, ct);
    }

    private async Task<Result<RestrictionsAsked>> AddAsync(RestrictionRequest request, bool leading, Edition edition, DateTimeOffset until, DateTimeOffset now, Actor actor, CancellationToken ct)
    {
        Guid[] persons = [.. request.Persons.Select(p => p.PersonId)];
        var before = await db.Set<Measure>().Where(m => persons.Contains(m.PersonId) && m.Kind == request.Kind && (m.State == MeasureState.Proposed || m.State == MeasureState.Active)).ToListAsync(ct);
        if (before.Exists(m => m.State == MeasureState.Proposed || now < m.Until)) return RestrictionErrors.Already;
        EndMeasures.End(before, steps, now);
        var batch = Ids.New();
        var basis = Whole.Clean(request.Basis) ?? "";
        // The title says how many, never who; the basis is the reason that approvals and journal may hold in the clear.
        var title = new ApprovalTitle($"approval.measures.{request.Kind}", persons.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), edition.Name);
        var approval = approvals.Request(leading ? KindOfMany : Kind, title, batch, new { batch }, basis, actor);
        if (approval.IsFailure) return approval.Error;

        var least = box.Seal(Whole.Clean(request.LeastRestrictive));
        var measures = request.Persons.Select(p => Measure.Propose(
            new MeasureFacts(batch, p.PersonId, request.Kind, request.Module, p.EvidenceId, edition.Id, basis, least, until), approval.Value, Party.Of(actor), now)).ToList();
        foreach (var measure in measures)
        {
            db.Add(measure);
            steps.Take(measure, RestrictionStep.Proposed, actor, now, now);
        }
        db.Enqueue(WatchKind, batch.ToString("N"), new WatchAsked(batch));
        return new RestrictionsAsked(batch, approval.Value, [.. measures.Select(m => m.Id)]);
    }

    private Task<int> OfLastHourAsync(Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var (since, account, person) = (now - Hour, actor.AccountId, actor.PersonId);
        return db.Set<Measure>().CountAsync(m => m.AskedAt > since && (m.AskedBy == account || (person != null && m.AskedByPerson == person)), ct);
    }

    private async Task<bool> HasEvidenceAsync(RestrictionRequest request, CancellationToken ct)
    {
        if (sources.FirstOrDefault(s => s.Module == request.Module) is not { } source) return false;
        var facts = (await source.FindAsync([.. request.Persons.Select(p => p.EvidenceId)], ct)).ToDictionary(f => f.Id);
        return request.Persons.All(p => facts.TryGetValue(p.EvidenceId, out var fact) && fact.PersonId == p.PersonId);
    }

    private static Error? CheckTexts(RestrictionRequest request) =>
        Whole.Clean(request.Basis) is null ? RestrictionErrors.BasisMissing
        : Whole.Clean(request.LeastRestrictive) is null ? RestrictionErrors.LeastMissing
        : request.Basis?.Length > LongestText || request.LeastRestrictive?.Length > LongestText ? RestrictionErrors.TooLong
        : null;

    private static Error? CheckPersons(RestrictionRequest request) =>
        request.Persons.Count is 0 or > MostInBatch ? RestrictionErrors.NobodyChosen
        : request.Persons.DistinctBy(p => p.PersonId).Count() != request.Persons.Count || request.Persons.DistinctBy(p => p.EvidenceId).Count() != request.Persons.Count ? RestrictionErrors.PersonTwice
        : null;

    private async Task<Result<RestrictionsAsked>> RefuseAsync(AlarmKind kind, Error error, RestrictionRequest request, Actor actor, CancellationToken ct)
    {
        await alarms.RaiseAsync(kind, actor.AccountId.ToString("N"), actor, new { persons = request.Persons.Count, request.Kind, request.Module }, ct);
        return error;
    }
}

/// <summary>Payload of the outbox: which batch to look at.</summary>
internal sealed record WatchAsked(Guid BatchId);
