using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Duties;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>More than twelve hours a day: the desk asks with a reason, somebody of another unit agrees.</summary>
internal sealed class LongDays(TongxinDb db, DutyBook book, Fatigue fatigue, DeskSight sight, IApprovals approvals, TimeProvider clock) : IHandle<ApprovalDecided>
{
    public const string Kind = "workforce.long-day";

    public async Task<Result> RequestAsync(Guid turnId, string? why, Actor actor, CancellationToken ct)
    {
        var found = await book.Turns.AsNoTracking().SingleOrDefaultAsync(x => x.Turn.Id == turnId, ct);
        if (found is null || !(await sight.PostsAsync(actor, DutyPermissions.RunDesk, ct)).Reach(found.Post.Id)) return DutyErrors.TurnNotFound;
        if (string.IsNullOrWhiteSpace(why)) return DutyErrors.WhyMissing;
        var minutes = await fatigue.DayMinutesAsync(found.Turn.PersonId, found.Duty, ct);
        if (await fatigue.AllowsAsync(found.Turn.PersonId, found.Duty.Day, minutes, ct)) return DutyErrors.NotLong;
        var asked = approvals.Request(
            Kind, new ApprovalTitle("duties.approval.long-day", found.Post.Name, found.Duty.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (minutes / 60).ToString(CultureInfo.InvariantCulture)),
            turnId, new LongDay(found.Duty.SeriesId, found.Turn.PersonId, found.Duty.Day, minutes), why.Trim(), actor);
        return asked.IsFailure ? asked.Error : await db.TryCommitAsync(ct);
    }

    public async Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened is not { Kind: Kind, Approved: true }) return;
        var day = JsonSerializer.Deserialize<LongDay>(happened.Payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("An empty request.");
        if (await db.Set<FatigueOverride>().SingleOrDefaultAsync(o => o.SeriesId == day.Series && o.PersonId == day.Person && o.Day == day.Day, ct) is { } known) db.Remove(known);
        await db.SaveChangesAsync(ct);
        db.Add(FatigueOverride.Grant(day.Series, day.Person, day.Day, day.Minutes, happened.Id, clock.GetUtcNow()));
    }

    private sealed record LongDay(Guid Series, Guid Person, DateOnly Day, int Minutes);
}
