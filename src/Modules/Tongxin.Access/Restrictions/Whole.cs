using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>What the slices of this module share.</summary>
internal static class Whole
{
    /// <summary>The whole second: what both databases and a pass give back as it was.</summary>
    public static DateTimeOffset NowInSeconds(this TimeProvider clock) => DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>Commits; a refusal when somebody else changed or made the row meanwhile.</summary>
    public static async Task<Result> TryCommitAsync(this TongxinDb db, Error meanwhile, CancellationToken ct)
    {
        try
        {
            await db.CommitAsync(ct);
            return Result.Ok;
        }
        catch (DbUpdateConcurrencyException)
        {
            return meanwhile;
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return meanwhile;
        }
    }

    /// <summary>Waits for whoever else acts under this id; until the transaction ends. The caller has opened one.</summary>
    public static async Task HoldAsync(this TongxinDb db, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync(
            "INSERT INTO access_requesters (id, last_at) VALUES ({0}, {1}) ON CONFLICT (id) DO UPDATE SET last_at = excluded.last_at",
            [id, db.Dialect.InstantsAreTicks ? now.UtcTicks : now], ct);
    }

    /// <summary>The text without blanks around; null when nothing is left.</summary>
    public static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
