using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits;

/// <summary>A permit as a guard's device carries it: no whole name, no phone, nothing of health.</summary>
/// <param name="ShortName">Surname and stars.</param>
/// <param name="Remaining">Times left; null for any number.</param>
/// <param name="Gates">The gates it opens, among those asked for.</param>
internal sealed record GatePermit(
    Guid Id, string Code, PermitKind Kind, string ShortName, string? Plate, DateTimeOffset From, DateTimeOffset Until, int Companions, int? Remaining, IReadOnlyList<Guid> Gates);

/// <summary>What gates must know of permits.</summary>
internal interface IGatePermits
{
    /// <summary>Granted permits that open any of these gates at some time today, and those of people who are under way. Asks nobody's permission.</summary>
    Task<IReadOnlyList<GatePermit>> TodayAsync(IReadOnlyCollection<Guid> gateIds, CancellationToken ct);
}

/// <summary>An arrival that the return registration gives leave for.</summary>
/// <param name="SourceId">The registration: one permit in force for each.</param>
/// <param name="From">Start of the slot.</param>
/// <param name="Until">First instant after it.</param>
internal sealed record ReturnArrival(Guid SourceId, Guid PersonId, string Name, Guid PlaceId, IReadOnlyList<Guid> Gates, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Permits for people who come back to campus. Records; the caller commits.</summary>
internal interface IReturnPermits
{
    /// <summary>Grants the permit of an arrival; one in force from the same registration is taken back.</summary>
    Task<Result<Guid>> GrantAsync(ReturnArrival arrival, Actor actor, CancellationToken ct);

    /// <summary>Takes it back; nothing happens when there is none in force.</summary>
    Task RevokeAsync(Guid sourceId, string why, Actor actor, CancellationToken ct);
}

internal sealed class GatePermits(TongxinDb db, IGateDirectory directory, People.Contracts.IPlaces places, SecretBox box, TimeProvider clock) : IGatePermits, IReturnPermits
{
    public async Task<IReadOnlyList<GatePermit>> TodayAsync(IReadOnlyCollection<Guid> gateIds, CancellationToken ct)
    {
        if (gateIds.Count == 0) return [];
        var day = CampusCalendar.DayOf(clock.GetUtcNow());
        var (from, until) = (CampusCalendar.StartOf(day), CampusCalendar.StartOf(day.AddDays(1)));
        var permits = await db.Set<Permit>().AsNoTracking()
            .Where(p => p.State == PermitState.Granted && p.StartsAt < until
                && (p.EndsAt > from || (p.Kind == PermitKind.Hospital ? p.UsedOut > p.UsedIn : (p.Kind == PermitKind.Visitor || p.Kind == PermitKind.Supplier) && p.UsedIn > p.UsedOut)))
            .OrderBy(p => p.StartsAt).ThenBy(p => p.Id).ToListAsync(ct);
        if (permits.Count == 0) return [];
        var all = await places.ListAsync(ct);
        var paths = all.ToDictionary(p => p.Id, p => p.Path);
        var gates = (await directory.AtAsync(null, ct)).Where(g => gateIds.Contains(g.Id)).ToList();
        return [.. from p in permits let opens = Opens(p).ToList() where opens.Count > 0 select new GatePermit(p.Id, p.Code, p.Kind, p.ShortName, p.Plate, p.StartsAt, p.EndsAt, p.Companions, p.Remaining, opens)];

        IEnumerable<Guid> Opens(Permit permit) => permit.Gates is { Count: > 0 } named
            ? gates.Where(g => named.Contains(g.Id)).Select(g => g.Id)
            : gates.Where(g => paths.GetValueOrDefault(permit.PlaceId) is { } path && paths.GetValueOrDefault(g.PlaceId)?.StartsWith(path, StringComparison.Ordinal) == true).Select(g => g.Id);
    }

    public async Task<Result<Guid>> GrantAsync(ReturnArrival arrival, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (arrival.Until <= arrival.From || arrival.Until <= now) return PermitErrors.Times;
        await RevokeAsync(arrival.SourceId, "", actor, ct);
        var permit = Permit.Ask(new PermitFacts
        {
            Kind = PermitKind.Return,
            PlaceId = arrival.PlaceId,
            Gates = arrival.Gates,
            PersonId = arrival.PersonId,
            From = arrival.From,
            Until = arrival.Until,
            Passages = 1,
            SourceId = arrival.SourceId,
            Detail = new PermitDetail { Name = arrival.Name },
        }, box, actor.AccountId, now);
        permit.Grant(actor.AccountId, now, why: null);
        db.Add(permit);
        db.Record(actor, "access.permit.granted", "permit", permit.Id, details: new { permit.Kind, arrival.SourceId });
        return permit.Id;
    }

    public async Task RevokeAsync(Guid sourceId, string why, Actor actor, CancellationToken ct)
    {
        if (await db.Set<Permit>().SingleOrDefaultAsync(p => p.SourceId == sourceId && p.State == PermitState.Granted, ct) is not { } permit) return;
        permit.Revoke(actor.AccountId, clock.GetUtcNow(), why);
        db.Record(actor, "access.permit.revoked", "permit", permit.Id, details: new { sourceId });
    }
}
