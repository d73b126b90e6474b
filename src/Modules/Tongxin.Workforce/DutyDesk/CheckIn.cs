using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>Checked in.</summary>
/// <param name="LateMinutes">0 when in time.</param>
/// <param name="DayMinutes">What the roster day comes to.</param>
internal sealed record CheckedIn(int LateMinutes, int DayMinutes);

/// <summary>签到: by the code at the post, or written by the desk with a reason. One fact a turn, however often it is sent.</summary>
internal sealed class CheckIn(
    TongxinDb db, DutyBook book, TurnSteps steps, PostScreens screens, CodeLimits limits, Fatigue fatigue, DeskSight sight, TimeProvider clock)
{
    /// <param name="factId">Made with the form: the same form sent twice is one check-in.</param>
    public async Task<Result<CheckedIn>> ByCodeAsync(Guid factId, Guid turnId, string? code, Actor actor, CancellationToken ct)
    {
        if (await book.OwnAsync(turnId, actor, ct) is not { } own) return DutyErrors.TurnNotFound;
        if (await IsInAsync(own.Turn.Id, ct)) return await DoneAsync(own, ct);
        if (!await limits.TakeAsync(own.Turn.PersonId, ct)) return DutyErrors.TooManyTries;
        var typed = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        if (!await screens.AcceptsAsync(own.Post.Id, typed, ct)) return DutyErrors.WrongCode;
        await limits.ForgiveAsync(own.Turn.PersonId, ct);
        return await WriteAsync(factId, own, AttendanceSource.Code, null, actor, ct);
    }

    /// <summary>The screen is broken, the phone is flat: the desk has seen the person.</summary>
    public async Task<Result<CheckedIn>> ByDeskAsync(Guid factId, Guid turnId, string? why, Actor actor, CancellationToken ct)
    {
        var found = await book.Turns.SingleOrDefaultAsync(x => x.Turn.Id == turnId, ct);
        if (found is null || !(await sight.PostsAsync(actor, DutyPermissions.RunDesk, ct)).Reach(found.Post.Id)) return DutyErrors.TurnNotFound;
        if (await IsInAsync(turnId, ct)) return await DoneAsync(found, ct);
        if (string.IsNullOrWhiteSpace(why)) return DutyErrors.WhyMissing;
        // Nobody vouches for the own arrival.
        if (found.Turn.PersonId == actor.PersonId) return DutyErrors.OwnTurn;
        return await WriteAsync(factId, found, AttendanceSource.Desk, why.Trim(), actor, ct);
    }

    private async Task<Result<CheckedIn>> WriteAsync(Guid factId, OnDuty on, AttendanceSource source, string? why, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now < on.Duty.Starts - MyDuty.Early || on.Duty.Ends <= now) return DutyErrors.NotNow;
        if (on.Turn.IsReserve && !await IsCalledAsync(on.Turn.Id, ct)) return DutyErrors.NotCalled;
        if (await db.Set<Unavailability>().AnyAsync(u => u.PersonId == on.Turn.PersonId && u.Source == AbsenceSource.Health && u.From <= now && now < u.To, ct)) return DutyErrors.Unwell;
        var minutes = await fatigue.DayMinutesAsync(on.Turn.PersonId, on.Duty, ct);
        if (!await fatigue.AllowsAsync(on.Turn.PersonId, on.Duty.Day, minutes, ct)) return DutyErrors.TooLong(minutes / 60);
        var moved = steps.Move(on.Turn, TurnState.OnPost, actor, why);
        if (moved.IsFailure) return moved.Error;
        db.Add(Attendance.Of(factId == Guid.Empty ? Platform.Ids.New() : factId, on.Turn, on.Duty, AttendanceKind.In, source, now, actor.AccountId, why));
        if (on.Turn.IsReserve) await CoverAsync(on, actor, ct);
        var saved = await db.TryCommitAsync(ct);
        // The same form twice at once: the other was faster, and that is a check-in.
        return saved.IsFailure && !await IsInAsync(on.Turn.Id, ct) ? saved.Error : new CheckedIn(Late(on, now), minutes);
    }

    // The reserve stands in for one who is absent.
    private async Task CoverAsync(OnDuty reserve, Actor actor, CancellationToken ct)
    {
        var absent = await book.Turns.Where(x => x.Duty.Id == reserve.Duty.Id && x.Turn.State == TurnState.Absent).OrderBy(x => x.Turn.Id).FirstOrDefaultAsync(ct);
        if (absent is not null) steps.Move(absent.Turn, TurnState.Covered, actor);
    }

    private Task<bool> IsInAsync(Guid turn, CancellationToken ct) => db.Set<Attendance>().AnyAsync(a => a.TurnId == turn && a.Kind == AttendanceKind.In, ct);

    private Task<bool> IsCalledAsync(Guid turn, CancellationToken ct) => db.Set<DutyNote>().AnyAsync(n => n.TurnId == turn && n.Kind == DutyNoteKind.ReserveCalled, ct);

    private async Task<CheckedIn> DoneAsync(OnDuty on, CancellationToken ct) =>
        new(Late(on, clock.GetUtcNow()), await fatigue.DayMinutesAsync(on.Turn.PersonId, on.Duty, ct));

    private static int Late(OnDuty on, DateTimeOffset at) => Math.Max(0, (int)(at - on.Duty.Starts).TotalMinutes);
}
