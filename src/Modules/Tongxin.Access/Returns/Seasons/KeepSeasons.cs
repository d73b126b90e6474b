using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Gates;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns.Seasons;

/// <summary>A season as typed; times as "08:00".</summary>
/// <param name="EditionId">Empty: the edition in force; <see cref="KeepSeasons.NoEdition"/>: none. Another than the one in force needs <paramref name="EditionWhy"/>.</param>
/// <param name="GateId">A gate of the register: its name, and its lanes where it has any, in place of those typed.</param>
internal sealed record SeasonDraft(
    string? Title, DateOnly? FirstDay, DateOnly? LastDay, Guid? PlaceId, string? GateName, int? Lanes, int? RatePerHour, int? SlotMinutes, TimeOnly? Opens, TimeOnly? Closes, string? EditionId,
    Guid? GateId = null, string? EditionWhy = null);

/// <summary>A season that may be opened, and why it does not decide by the edition in force.</summary>
internal sealed record SeasonRead(SeasonFacts Facts, string? EditionWhy);

/// <summary>Opens seasons with their slots, sets quotas, closes seasons.</summary>
internal sealed class KeepSeasons(TongxinDb db, ReturnSight sight, Seats seats, IPlaces places, IGateDirectory gates, IProtocolsInForce protocols, TimeProvider clock)
{
    public const int MostDays = 60;
    public const int MostLanes = 50;
    public const string NoEdition = "-";
    public const int LongestWhy = 200;
    private const int MostRate = 1000;
    private const int LongestTitle = 60;

    /// <summary>Lengths of a slot; each divides an hour or is one, so that slots begin at times people can remember.</summary>
    public static readonly IReadOnlyList<int> Lengths = [15, 20, 30, 60];

    public async Task<IReadOnlyList<ReturnSeason>> ListAsync(Actor actor, CancellationToken ct) =>
        await (await sight.SeasonsAsync(actor, ReturnPermissions.Read, ct)).AsNoTracking().OrderByDescending(s => s.FirstDay).ThenByDescending(s => s.Id).ToListAsync(ct);

    public async Task<Result<Guid>> OpenAsync(SeasonDraft draft, Actor actor, CancellationToken ct)
    {
        var read = await ReadAsync(draft, actor, ct);
        if (read.IsFailure) return read.Error;
        var season = await MakeAsync(read.Value.Facts, read.Value.EditionWhy, actor, ct);
        await db.CommitAsync(ct);
        return season.Id;
    }

    /// <summary>Adds the season with its slots and records it; the caller commits. It decides by the newest list of areas in force.</summary>
    public async Task<ReturnSeason> MakeAsync(SeasonFacts facts, string? editionWhy, Actor actor, CancellationToken ct)
    {
        var list = await db.Set<RiskList>().Where(l => l.InForceAt != null).OrderByDescending(l => l.Number).Select(l => (Guid?)l.Id).FirstOrDefaultAsync(ct);
        var season = ReturnSeason.Open(ReturnLinks.NewCode(8), facts, list, clock.GetUtcNow());
        db.Add(season);
        var capacity = ArrivalSlots.Capacity(facts.Lanes, facts.RatePerHour, facts.SlotMinutes);
        foreach (var day in season.Days)
            for (var start = facts.OpensMinute; start + facts.SlotMinutes <= facts.ClosesMinute; start += facts.SlotMinutes)
                db.Add(ReturnSlot.Of(season.Id, day, start, facts.SlotMinutes, facts.Lanes, capacity));
        db.Record(actor, "access.return-season.opened", "return-season", season.Id, editionWhy, new { facts.FirstDay, facts.LastDay, facts.Lanes, facts.RatePerHour, facts.SlotMinutes, facts.EditionId });
        return season;
    }

    /// <summary>Sets a unit's places for each day; null: no limit on that day. Never below what is taken: those people have the organiser's word.</summary>
    public async Task<Result> SetQuotaAsync(Guid id, Guid unit, IReadOnlyDictionary<DateOnly, int?> places, Actor actor, CancellationToken ct)
    {
        var season = await sight.SeasonAsync(id, actor, ReturnPermissions.Edit, ct);
        if (season is null) return ReturnErrors.SeasonNotFound;
        if (season.ClosedAt is not null) return ReturnErrors.SeasonClosed;
        if ((await sight.TreeAsync(ct)).All(u => u.Id != unit)) return ReturnErrors.QuotaWrong;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await seats.HoldAsync(id, ct);
        var known = await db.Set<ReturnQuota>().AsNoTracking().Where(q => q.SeasonId == id && q.UnitId == unit).ToDictionaryAsync(q => q.Day, ct);
        var taken = await db.Set<ReturnRecord>().Where(r => r.SeasonId == id && r.CollegeId == unit && r.SlotId != null)
            .Join(db.Set<ReturnSlot>(), r => r.SlotId, s => s.Id, (_, s) => s.Day).GroupBy(d => d).Select(g => new { Day = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Day, g => g.Count, ct);
        foreach (var day in season.Days.Where(places.ContainsKey))
        {
            var count = taken.GetValueOrDefault(day);
            if (places[day] is < 0 or > 100_000 || places[day] < count) return ReturnErrors.QuotaWrong;
            if (places[day] is not { } wanted) await db.Set<ReturnQuota>().Where(q => q.SeasonId == id && q.UnitId == unit && q.Day == day).ExecuteDeleteAsync(ct);
            else if (known.ContainsKey(day)) await db.Set<ReturnQuota>().Where(q => q.SeasonId == id && q.UnitId == unit && q.Day == day).ExecuteUpdateAsync(s => s.SetProperty(q => q.Places, wanted).SetProperty(q => q.Taken, count), ct);
            else
            {
                db.Add(ReturnQuota.Of(id, unit, day, wanted));
                db.Record(actor, "access.return-quota.set", "return-season", id, details: new { unit, day, wanted });
                await db.CommitAsync(ct);
                await db.Set<ReturnQuota>().Where(q => q.SeasonId == id && q.UnitId == unit && q.Day == day).ExecuteUpdateAsync(s => s.SetProperty(q => q.Taken, count), ct);
            }
        }
        db.Record(actor, "access.return-quota.set", "return-season", id, details: new { unit });
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> CloseAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var season = await sight.SeasonAsync(id, actor, ReturnPermissions.Edit, ct);
        if (season is null) return ReturnErrors.SeasonNotFound;
        if (season.ClosedAt is not null) return ReturnErrors.SeasonClosed;
        season.Close(clock.GetUtcNow());
        db.Record(actor, "access.return-season.closed", "return-season", id);
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ReturnErrors.Changed;
        }
    }

    private async Task<Result<SeasonRead>> ReadAsync(SeasonDraft draft, Actor actor, CancellationToken ct)
    {
        var title = TextFold.Clean(draft.Title);
        if (title.Length is 0 or > LongestTitle) return ReturnErrors.TitleMissing;
        var reach = await sight.ReachAsync(actor, ReturnPermissions.Edit, ct);
        var allowed = draft.PlaceId is { } place ? (await places.ListAsync(ct)).Any(p => p.Id == place) && (reach.Everything || reach.Places.Contains(place)) : reach.Everything;
        if (!allowed) return ReturnErrors.PlaceUnknown;
        if (draft.GateId is { } chosen)
        {
            if ((await gates.AtAsync(draft.PlaceId, ct)).FirstOrDefault(g => g.Id == chosen) is not { } known) return ReturnErrors.GateUnknown;
            draft = AtGate(draft, known);
        }
        var gate = TextFold.Clean(draft.GateName);
        if (gate.Length is 0 or > LongestTitle) return ReturnErrors.GateMissing;
        if (draft is not { FirstDay: { } first, LastDay: { } last } || first < CampusCalendar.DayOf(clock.GetUtcNow()) || last < first || last.DayNumber - first.DayNumber >= MostDays) return ReturnErrors.DaysWrong;
        if (draft is not { Lanes: >= 1 and <= MostLanes, RatePerHour: >= 1 and <= MostRate, SlotMinutes: { } minutes } || !Lengths.Contains(minutes)) return ReturnErrors.LanesWrong;
        if (ArrivalSlots.Capacity(draft.Lanes.Value, draft.RatePerHour.Value, minutes) == 0) return ReturnErrors.LanesWrong;
        var (opens, closes) = (Minute(draft.Opens), Minute(draft.Closes));
        if (opens is null || closes is null || closes - opens < minutes) return ReturnErrors.HoursWrong;
        var inForce = (await protocols.AtAsync(clock.GetUtcNow(), ct))?.Id;
        var edition = string.IsNullOrEmpty(draft.EditionId) ? inForce : draft.EditionId == NoEdition ? null : draft.EditionId;
        if (edition is not null && Editions.Find(edition) is null) return ReturnErrors.EditionUnknown;
        var why = TextFold.Clean(draft.EditionWhy);
        if (edition != inForce && why.Length is 0 or > LongestWhy) return ReturnErrors.EditionWhyMissing;
        return new SeasonRead(
            new SeasonFacts(title, first, last, draft.PlaceId, gate, draft.Lanes.Value, draft.RatePerHour.Value, minutes, opens.Value, closes.Value, edition), edition == inForce ? null : why);
    }

    /// <summary>With the lanes by which people come in; the mean of what they bear, rounded down, so that no slot is given more than the gate can take.</summary>
    private static SeasonDraft AtGate(SeasonDraft draft, GateEntry gate)
    {
        var lanes = gate.Lanes.Count(l => l.Direction != Gates.Data.LaneDirection.Out);
        return lanes == 0 ? draft with { GateName = gate.Name }
            : draft with { GateName = gate.Name, Lanes = lanes, RatePerHour = Math.Min(MostRate, 2 * gate.ArrivalsPerHalfHour / lanes) };
    }

    private static int? Minute(TimeOnly? time) => time is { } at ? (at.Hour * 60) + at.Minute : null;
}
