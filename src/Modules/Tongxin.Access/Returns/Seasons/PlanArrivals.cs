using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;

namespace Tongxin.Access.Returns.Seasons;

/// <summary>Payload of the job: only to lanes of one day, or to everybody who may come.</summary>
/// <param name="Lanes">Lanes from now on, on <paramref name="Day"/>; null: no change.</param>
/// <param name="Everybody">Also gives slots to those who have none.</param>
internal sealed record PlanOrder(Guid SeasonId, DateOnly? Day, int? Lanes, bool Everybody);

/// <summary>
/// Gives slots to all who may come, or finds new ones for those whose slot lost its lane: as few as can be move, each is told. One
/// transaction that holds the season: who books meanwhile waits, and sees the places that are left.
/// </summary>
internal sealed class PlanArrivals(TongxinDb db, ReturnSight sight, Seats seats, ReturnMoves moves, IJobs jobs, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "access.return.plan";

    public string Kind => JobKind;

    // A second run finds everybody placed and changes nothing.
    public bool CanRunAgain => true;

    public async Task<Result<Guid>> StartAsync(PlanOrder order, string title, Actor actor, CancellationToken ct)
    {
        var season = await sight.SeasonAsync(order.SeasonId, actor, ReturnPermissions.Edit, ct);
        if (season is null) return ReturnErrors.SeasonNotFound;
        if (!season.IsOpen(clock.GetUtcNow())) return ReturnErrors.SeasonClosed;
        if (order.Lanes is < 0 or > KeepSeasons.MostLanes || (order.Day is { } day && (day < season.FirstDay || day > season.LastDay))) return ReturnErrors.LanesWrong;
        var job = jobs.Start(JobKind, title, order, actor);
        db.Record(actor, "access.return.plan-asked", "return-season", season.Id, details: order);
        await db.CommitAsync(ct);
        return job;
    }

    public async Task<Result> RunAsync(JobContext context, string payload, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<PlanOrder>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        context.Href = $"/returns/seasons/{order.SeasonId}/slots";
        if (await sight.SeasonAsync(order.SeasonId, context.Actor, ReturnPermissions.Edit, ct) is null) return ReturnErrors.SeasonNotFound;
        var planned = await ExecuteAsync(order, context.Actor, ct);
        return planned.IsFailure ? planned.Error : Result.Ok;
    }

    public async Task<Result<ArrivalPlan>> ExecuteAsync(PlanOrder order, Actor actor, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await seats.HoldAsync(order.SeasonId, ct);
        var now = clock.GetUtcNow();
        var season = await db.Set<ReturnSeason>().AsNoTracking().SingleAsync(s => s.Id == order.SeasonId, ct);
        if (order is { Day: { } changed, Lanes: { } lanes }) await ChangeLanesAsync(season, changed, lanes, now, ct);

        var slots = await db.Set<ReturnSlot>().AsNoTracking().Where(s => s.SeasonId == season.Id).OrderBy(s => s.Day).ThenBy(s => s.StartMinute).ToListAsync(ct);
        var open = slots.Where(s => s.Starts > now).ToList();
        var records = await db.Set<ReturnRecord>()
            .Where(r => r.SeasonId == season.Id && (r.State == ReturnState.Booked || (order.Everybody && r.State == ReturnState.Decided && r.Outcome != ReturnOutcome.NotYet)))
            .OrderBy(r => r.CreatedAt).ThenBy(r => r.Id).ToListAsync(ct);
        // Who holds a slot that has begun is on the way: neither they nor their places are planned any more.
        var people = records.Where(r => r.SlotStarts is null || r.SlotStarts > now).ToList();
        var request = await RequestAsync(season, open, people, ct);
        var plan = ArrivalPlanner.Plan(request, ct);
        if (!order.Everybody && plan.Placed < people.Count) return ReturnErrors.DoesNotFit(people.Count - plan.Placed);
        await ApplyAsync(season, open, people, plan, ct);
        db.Record(actor, "access.return.planned", "return-season", season.Id, details: new { people = people.Count, plan.Placed, plan.Moves, plan.Together, plan.Groups });
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
        return plan;
    }

    private async Task ChangeLanesAsync(ReturnSeason season, DateOnly day, int lanes, DateTimeOffset now, CancellationToken ct)
    {
        var capacity = ArrivalSlots.Capacity(lanes, season.RatePerHour, season.SlotMinutes);
        var minute = CampusCalendar.DayOf(now) > day ? int.MaxValue : CampusCalendar.DayOf(now) == day ? (int)CampusCalendar.Local(now).TimeOfDay.TotalMinutes : -1;
        await db.Set<ReturnSlot>().Where(s => s.SeasonId == season.Id && s.Day == day && s.StartMinute > minute).ExecuteUpdateAsync(s => s.SetProperty(x => x.Lanes, lanes).SetProperty(x => x.Capacity, capacity), ct);
    }

    private async Task<ArrivalRequest> RequestAsync(ReturnSeason season, List<ReturnSlot> open, List<ReturnRecord> people, CancellationToken ct)
    {
        var days = open.Select(s => s.Day).Distinct().ToList();
        var colleges = people.Select(r => r.CollegeId).Distinct().OrderBy(c => c).ToList();
        var quotas = await db.Set<ReturnQuota>().AsNoTracking().Where(q => q.SeasonId == season.Id).ToDictionaryAsync(q => (q.UnitId, q.Day), ct);
        var planned = people.Where(r => r.SlotId is not null).GroupBy(r => (r.CollegeId, Day: CampusCalendar.DayOf(r.SlotStarts.GetValueOrDefault()))).ToDictionary(g => g.Key, g => g.Count());
        var index = open.Select((s, i) => (s.Id, i)).ToDictionary(s => s.Id, s => s.i);
        var groups = people.Where(r => r.HouseholdId is not null).Select(r => (r.CollegeId, r.HouseholdId)).Distinct().Select((g, i) => (g, i)).ToDictionary(g => g.g, g => g.i);
        // Places taken by those who are not planned any more stay taken.
        return new ArrivalRequest(
            [.. open.Select(s => new ArrivalSlot(days.IndexOf(s.Day), Math.Max(0, s.Capacity - (s.Taken - people.Count(r => r.SlotId == s.Id)))))],
            [.. colleges.Select(c => (IReadOnlyList<int>)[.. days.Select(d => c is { } unit && quotas.TryGetValue((unit, d), out var quota)
                ? Math.Max(0, quota.Places - (quota.Taken - planned.GetValueOrDefault((c, d)))) : int.MaxValue)])],
            [.. people.Select(r => new ArrivalPerson(
                colleges.IndexOf(r.CollegeId), r.HouseholdId is null ? -1 : groups[(r.CollegeId, r.HouseholdId)], r.SlotId is { } held && index.TryGetValue(held, out var at) ? at : -1))]);
    }

    private async Task ApplyAsync(ReturnSeason season, List<ReturnSlot> open, List<ReturnRecord> people, ArrivalPlan plan, CancellationToken ct)
    {
        var (slotCounts, quotaCounts) = (new Dictionary<Guid, int>(), new Dictionary<(Guid, DateOnly), int>());
        for (var i = 0; i < people.Count; i++)
        {
            var record = people[i];
            var slot = plan.SlotOf[i] < 0 ? null : open[plan.SlotOf[i]];
            if (slot?.Id == record.SlotId) continue;
            if (record.SlotId is { } held) Count(record, held, CampusCalendar.DayOf(record.SlotStarts.GetValueOrDefault()), -1);
            if (slot is null)
            {
                ReturnRules.Must(moves.Step(record, ReturnStep.Release, ReturnDoer.Rules, "capacity"));
                record.GiveBack();
                moves.Tell(record, "note.released");
                continue;
            }
            Count(record, slot.Id, slot.Day, 1);
            var moved = record.SlotId is not null;
            ReturnRules.Must(seats.Give(record, slot, season.GateName, ReturnDoer.Rules));
            moves.Tell(record, moved ? "note.moved" : "note.planned", Seats.Text(slot.Starts));
        }
        foreach (var (id, by) in slotCounts) await db.Set<ReturnSlot>().Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Taken, x => x.Taken + by), ct);
        foreach (var ((unit, day), by) in quotaCounts) await db.Set<ReturnQuota>().Where(q => q.SeasonId == season.Id && q.UnitId == unit && q.Day == day).ExecuteUpdateAsync(s => s.SetProperty(q => q.Taken, q => q.Taken + by), ct);

        void Count(ReturnRecord record, Guid slot, DateOnly day, int by)
        {
            slotCounts[slot] = slotCounts.GetValueOrDefault(slot) + by;
            if (record.CollegeId is { } unit) quotaCounts[(unit, day)] = quotaCounts.GetValueOrDefault((unit, day)) + by;
        }
    }
}
