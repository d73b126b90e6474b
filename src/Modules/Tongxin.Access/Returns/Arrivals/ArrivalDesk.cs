using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Core.Text;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns.Arrivals;

/// <summary>
/// The check at the gate. Nobody who stands there is sent away for want of a slot; whom the rules ask to be observed a guard cannot let
/// through, and a doctor can, with a reason.
/// </summary>
internal sealed class ArrivalDesk(TongxinDb db, ReturnSight sight, WithinSeason within, Seats seats, ReturnMoves moves, TimeProvider clock) : IReturnArrivals
{
    public const int MostDays = 30;
    private const int MostExpected = 5000;

    public async Task<IReadOnlyList<ExpectedReturn>> ExpectedAsync(DateOnly day, Actor actor, CancellationToken ct)
    {
        var (from, to) = (CampusCalendar.StartOf(day), CampusCalendar.StartOf(day.AddDays(1)));
        var records = await (await sight.RecordsAsync(actor, ReturnPermissions.Arrive, ct)).AsNoTracking()
            .Where(r => r.State == ReturnState.Booked && r.SlotStarts >= from && r.SlotStarts < to).OrderBy(r => r.SlotStarts).ThenBy(r => r.NameFolded).ThenBy(r => r.Id).Take(MostExpected).ToListAsync(ct);
        return await ShowAsync(records, ct);
    }

    /// <summary>Records by number or name, whatever their day: who comes on another day stands at the gate all the same.</summary>
    public async Task<IReadOnlyList<ExpectedReturn>> SearchAsync(string? typed, Actor actor, CancellationToken ct)
    {
        var text = TextFold.ForSearch(typed);
        if (text.Length < 2) return [];
        var number = text.ToUpperInvariant();
        var records = await (await sight.RecordsAsync(actor, ReturnPermissions.Arrive, ct)).AsNoTracking()
            .Where(r => (r.Number == number || r.NameFolded == text) && r.State != ReturnState.Cleared && r.State != ReturnState.Cancelled).OrderBy(r => r.SlotStarts).ThenBy(r => r.Id).Take(20).ToListAsync(ct);
        return await ShowAsync(records, ct);
    }

    public async Task<ReturnRecord?> FindAsync(Guid id, Actor actor, CancellationToken ct) => await sight.RecordAsync(id, actor, ReturnPermissions.Arrive, ct);

    public async Task<Result<ReturnState>> RecordAsync(ReturnArrival arrival, Actor actor, CancellationToken ct)
    {
        if (await sight.RecordAsync(arrival.ReturnId, actor, ReturnPermissions.Arrive, ct) is null) return ReturnErrors.NotFound;
        db.Forget();
        var state = ReturnState.Arrived;
        var done = await within.DoAsync(arrival.ReturnId, async (record, _) =>
        {
            var answer = await CheckAsync(record, arrival, actor, ct);
            state = record.State;
            return answer;
        }, ct);
        return done.IsFailure ? done.Error : state;
    }

    /// <summary>Days of observation end. Not before their end without a reason, and never by themselves.</summary>
    public async Task<Result> EndAsync(Guid id, string? why, Actor actor, CancellationToken ct)
    {
        if (await sight.RecordAsync(id, actor, ReturnPermissions.Observe, ct) is null) return ReturnErrors.NotFound;
        db.Forget();
        return await within.DoAsync(id, (record, _) =>
        {
            var now = clock.GetUtcNow();
            if (record.State == ReturnState.Observing && record.ObservedUntil >= CampusCalendar.DayOf(now) && string.IsNullOrWhiteSpace(why)) return Task.FromResult<Result>(ReturnErrors.NotOver);
            if (why?.Length > ChangeReturn.LongestReason) return Task.FromResult<Result>(ReturnErrors.TooLong);
            var moved = moves.Step(record, ReturnStep.Clear, ReturnDoer.Of(actor), string.IsNullOrWhiteSpace(why) ? null : why.Trim());
            if (moved.IsFailure) return Task.FromResult(moved);
            record.ClearAt(now);
            moves.Tell(record, "note.cleared");
            db.Record(actor, "access.return.cleared", "return", id);
            return Task.FromResult(Result.Ok);
        }, ct);
    }

    private async Task<Result> CheckAsync(ReturnRecord record, ReturnArrival arrival, Actor actor, CancellationToken ct)
    {
        var triage = Enum.Parse<Triage>(arrival.Triage.ToString());
        // Told twice by a device: the first counts.
        if (record.ArrivedAt is not null && record.Triage == triage) return Result.Ok;
        var note = string.IsNullOrWhiteSpace(arrival.Note) ? null : arrival.Note.Trim();
        if (note?.Length > ChangeReturn.LongestReason) return ReturnErrors.TooLong;
        var isDoctor = actor.Can(ReturnPermissions.Observe);
        var mustObserve = record.Outcome is ReturnOutcome.HomeMonitoring or ReturnOutcome.Observation or ReturnOutcome.NotYet;
        if (triage == Triage.Pass && mustObserve && !isDoctor) return ReturnErrors.MustObserve;
        if (triage == Triage.Pass && mustObserve && note is null) return ReturnErrors.ReasonMissing;
        if (triage == Triage.Observation && !isDoctor && record.Outcome is not (ReturnOutcome.HomeMonitoring or ReturnOutcome.Observation)) return ReturnErrors.DoctorDecides;
        // Who waits in the room waits for the doctor.
        if (record.State == ReturnState.Arrived && !isDoctor) return ReturnErrors.DoctorDecides;

        var now = clock.GetUtcNow();
        var today = CampusCalendar.DayOf(now);
        var until = arrival.Until ?? record.Until;
        if (triage == Triage.Observation && (until is null || until < today || until > today.AddDays(MostDays))) return ReturnErrors.UntilWrong;
        var doer = ReturnDoer.Of(actor, arrival.Device);
        if (record.State != ReturnState.Arrived)
        {
            // A device's clock may be wrong; nobody arrives in the future, nor before there was a declaration.
            var seen = arrival.SeenAt is { } at && at <= now && at >= record.CreatedAt ? at : now;
            var arrived = moves.Step(record, ReturnStep.Arrive, doer, record.SlotId is null ? "no-slot" : null);
            if (arrived.IsFailure) return arrived;
            record.Arrive(seen);
            await seats.StopWaitingAsync(record, ct);
            db.Raise(new ReturnArrived(record.Id, record.PersonId, seen));
        }
        record.Find(triage);
        var step = triage switch { Triage.Pass => ReturnStep.Clear, Triage.TemporaryRoom => ReturnStep.Shelter, _ => ReturnStep.Observe };
        var moved = moves.Step(record, step, doer, triage == Triage.Observation ? $"{until:yyyy-MM-dd} {arrival.Where} {note}".Trim() : note);
        if (moved.IsFailure) return moved;
        if (triage == Triage.Pass) record.ClearAt(now);
        if (triage == Triage.Observation && until is { } last)
        {
            record.ObserveUntil(last, string.IsNullOrWhiteSpace(arrival.Where) ? null : arrival.Where.Trim());
            db.Raise(new ReturnObservationStarted(record.Id, record.PersonId, last));
            moves.Tell(record, "note.observing", last.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }
        db.Record(actor, "access.return.checked", "return", record.Id, details: new { triage, record.Outcome });
        return Result.Ok;
    }

    private async Task<IReadOnlyList<ExpectedReturn>> ShowAsync(List<ReturnRecord> records, CancellationToken ct)
    {
        var names = (await sight.TreeAsync(ct)).ToDictionary(u => u.Id, u => u.Name);
        return [.. records.Select(r => new ExpectedReturn(
            r.Id, r.PersonId, Mask.Name(r.Name), r.Number.Length > 4 ? r.Number[^4..] : r.Number, r.UnitId is { } unit ? names.GetValueOrDefault(unit) : null, r.State, r.Outcome, r.SlotStarts, r.SlotEnds))];
    }
}
