using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Jobs;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Rosters;

/// <summary>What every change of a draft shares: who may, what is still a draft, and that nobody overwrites another's change unseen.</summary>
internal static class EditRoster
{
    /// <summary>The draft, held for change, with its ground. Committing raises its version.</summary>
    public static async Task<Result<(Roster Row, Ground Ground)>> DraftAsync(TongxinDb db, ReadGround read, Guid id, Actor actor, CancellationToken ct)
    {
        var row = await db.Set<Roster>().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (row is null || await read.ReadAsync(row, actor, RosterPermissions.EditRosters, ct) is not { } ground) return RosterErrors.NotFound;
        return row.State == RosterState.Draft ? (row, ground) : RosterErrors.NotDraft;
    }

    /// <summary>Marks the draft as changed, so that whoever acts on what was before is refused.</summary>
    public static void Touch(TongxinDb db, Roster row) => db.Entry(row).State = EntityState.Modified;

    public static async Task<Result> CommitAsync(TongxinDb db, CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return RosterErrors.Changed;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return RosterErrors.Changed;
        }
    }

    /// <summary>Whether a solve of this roster still runs.</summary>
    public static async Task<bool> IsSolvingAsync(Roster roster, IJobs jobs, Actor actor, CancellationToken ct) =>
        roster.JobId is { } job && await jobs.FindAsync(job, actor, ct) is { IsOver: false };
}
