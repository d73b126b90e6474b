using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>More work on a day than the house rule allows takes two people: one asks with a reason, another of another unit allows it.</summary>
internal sealed class AskOverride(TongxinDb db, ReadGround read, IApprovals approvals, TimeProvider clock) : IHandle<ApprovalDecided>
{
    public const string Kind = "rosters.fatigue";

    public async Task<Result> ExecuteAsync(Guid id, Guid person, DateOnly day, string? why, Actor actor, CancellationToken ct)
    {
        if (await read.FindAsync(id, actor, RosterPermissions.EditRosters, ct) is not { } ground) return RosterErrors.NotFound;
        if (string.IsNullOrWhiteSpace(why)) return RosterErrors.WhyMissing;
        var minutes = ground.TurnsOfPerson[person].Where(t => !t.IsReserve).Select(t => ground.DutyById[t.DutyId]).Where(d => d.Day == day).Sum(d => d.Minutes);
        if (!ground.Breaks.Any(b => b.Rule == "day" && b.PersonId == person && b.DutyId is { } duty && ground.DutyById[duty].Day == day)) return RosterErrors.NoOverride;
        var title = new ApprovalTitle("rosters.approval.fatigue", ground.Roster.Name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (minutes / 60.0).ToString("0.#", CultureInfo.InvariantCulture));
        var asked = approvals.Request(Kind, title, ground.Roster.SeriesId, new Asked(ground.Roster.SeriesId, person, day, minutes), why.Trim(), actor);
        if (asked.IsFailure) return asked.Error;
        await db.CommitAsync(ct);
        return Result.Ok;
    }

    public async Task HandleAsync(ApprovalDecided happened, CancellationToken ct)
    {
        if (happened is not { Kind: Kind, Approved: true } || JsonSerializer.Deserialize<Asked>(happened.Payload, JsonSerializerOptions.Web) is not { } asked) return;
        var before = await db.Set<FatigueOverride>().Where(o => o.SeriesId == asked.Series && o.PersonId == asked.Person && o.Day == asked.Day).ToListAsync(ct);
        if (before.Count > 0)
        {
            // A later leave takes the place of the earlier one.
            db.RemoveRange(before);
            await db.SaveChangesAsync(ct);
        }
        db.Add(FatigueOverride.Grant(asked.Series, asked.Person, asked.Day, asked.Minutes, happened.Id, clock.GetUtcNow()));
    }

    private sealed record Asked(Guid Series, Guid Person, DateOnly Day, int Minutes);
}
