using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Returns.Areas;
using Tongxin.Access.Returns.Data;
using Tongxin.Access.Returns.Records;
using Tongxin.Access.Returns.Seasons;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>The contract for the demonstration: the same doors as the pages.</summary>
internal sealed class ReturnDesk(TongxinDb db, KeepSeasons seasons, KeepRiskLists lists, DeclareReturn declare, ChangeReturn change, ReadReturns read, IPersons persons, TimeProvider clock) : IReturnDesk
{
    public async Task<Result<Guid>> PublishAreasAsync(string source, DateOnly asOf, IReadOnlyList<RiskArea> areas, Actor actor, CancellationToken ct)
    {
        var added = await lists.AddAsync(source, source, asOf, [.. areas.Select((a, i) => (i + 2, a))], actor, ct);
        if (added.IsFailure) return added.Error;
        (await db.Set<RiskList>().SingleAsync(l => l.Id == added.Value, ct)).PutInForce(clock.GetUtcNow());
        db.Record(actor, "access.risk-list.in-force", "risk-list", added.Value);
        await db.CommitAsync(ct);
        return added;
    }

    public async Task<Result<Guid>> OpenAsync(NewReturnSeason season, Actor actor, CancellationToken ct)
    {
        var made = await seasons.MakeAsync(new SeasonFacts(
            season.Title, season.FirstDay, season.LastDay, season.PlaceId, season.GateName, season.Lanes, season.RatePerHour, season.SlotMinutes, season.OpensMinute, season.ClosesMinute, season.EditionId), editionWhy: null, actor, ct);
        foreach (var (unit, places) in season.Quotas)
            foreach (var day in made.Days) db.Add(ReturnQuota.Of(made.Id, unit, day, places));
        await db.CommitAsync(ct);
        return made.Id;
    }

    public async Task<Result<Guid>> DeclareAsync(Guid seasonId, Guid personId, string phone, ReturnJourney journey, Actor actor, CancellationToken ct)
    {
        if (await persons.FindAsync([personId], ct) is not [var person, ..]) return ReturnErrors.NotFound;
        db.Forget();
        return await declare.OnBehalfAsync(seasonId, new Declarant(person.Name, person.Number ?? $"P{person.Id:N}"[..13], phone), person.Id, journey, actor, ct);
    }

    public async Task<Result<DateTimeOffset?>> BookFirstAsync(Guid returnId, DateTimeOffset from, Actor actor, CancellationToken ct)
    {
        db.Forget();
        var record = await db.Set<ReturnRecord>().AsNoTracking().SingleAsync(r => r.Id == returnId, ct);
        var slot = (await read.SlotsAsync(record, ct)).FirstOrDefault(s => s.Starts >= from && s.Free > 0);
        if (slot is null) return (DateTimeOffset?)null;
        var booked = await change.BookAsync(returnId, slot.Id, ReturnDoer.Of(actor), ct);
        return booked.IsFailure ? booked.Error : slot.Starts;
    }
}

/// <summary>Two entries are one person: of two records of one season the one that is further along stays in use, the other is cancelled.</summary>
internal sealed class FollowMergedReturn(TongxinDb db, ReturnMoves moves, Seats seats) : IHandle<PersonMerged>
{
    public async Task HandleAsync(PersonMerged happened, CancellationToken ct)
    {
        var rows = await db.Set<ReturnRecord>().Where(r => r.PersonId == happened.KeptId || r.PersonId == happened.GoneId).ToListAsync(ct);
        foreach (var gone in rows.Where(r => r.PersonId == happened.GoneId)) gone.Belong(new Belonging(happened.KeptId, gone.UnitId, gone.CollegeId, gone.HouseholdId));
        foreach (var twice in rows.GroupBy(r => r.SeasonId).Where(g => g.Count(r => r.State != ReturnState.Cancelled) > 1))
        {
            foreach (var other in twice.Where(r => r.State != ReturnState.Cancelled).OrderByDescending(r => r.ArrivedAt is not null).ThenByDescending(r => r.SlotId is not null).ThenBy(r => r.CreatedAt).Skip(1))
            {
                if (!ReturnChain.Allows(other.State, ReturnStep.Cancel)) continue;
                await seats.HoldAsync(other.SeasonId, ct);
                var held = await seats.HeldAsync(other, ct);
                ReturnRules.Must(moves.Step(other, ReturnStep.Cancel, ReturnDoer.Rules, "merged"));
                await seats.FreeAsync(other, held, ct);
                await seats.StopWaitingAsync(other, ct);
            }
        }
    }
}
