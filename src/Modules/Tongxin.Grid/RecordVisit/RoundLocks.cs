using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Data;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.RecordVisit;

/// <summary>
/// Rows held until the commit. Whoever records holds the round shared and the targets alone, in the order of their ids, so
/// that two batches never wait for each other in a ring; whoever closes or rebuilds holds the round alone.
/// </summary>
internal static class RoundLocks
{
#pragma warning disable EF1002 // The texts hold table names and the dialect's own words; every value is a parameter.
    public static async Task<Round?> ShareAsync(TongxinDb db, Guid id, CancellationToken ct) =>
        (await db.Set<Round>().FromSqlRaw($"SELECT * FROM grid_rounds WHERE id = {{0}} {db.Dialect.ForShare}", id).AsNoTracking().ToListAsync(ct)).SingleOrDefault();

    public static async Task<Round?> AloneAsync(TongxinDb db, Guid id, CancellationToken ct) =>
        (await db.Set<Round>().FromSqlRaw($"SELECT * FROM grid_rounds WHERE id = {{0}} {db.Dialect.ForUpdate}", id).ToListAsync(ct)).SingleOrDefault();

    public static Task<List<Target>> TargetsAsync(TongxinDb db, Guid round, IReadOnlyList<Guid> ids, CancellationToken ct, bool isTracked = true)
    {
        if (ids.Count == 0) return Task.FromResult(new List<Target>());
        var padded = Padded.Of(ids);
        var places = string.Join(", ", padded.Select((_, i) => $"{{{i + 1}}}"));
        object[] values = [round, .. padded.Cast<object>()];
        var rows = db.Set<Target>()
            .FromSqlRaw($"SELECT * FROM grid_round_targets WHERE round_id = {{0}} AND target_id IN ({places}) ORDER BY target_id {db.Dialect.ForUpdate}", values);
        return (isTracked ? rows : rows.AsNoTracking()).ToListAsync(ct);
    }
#pragma warning restore EF1002
}
