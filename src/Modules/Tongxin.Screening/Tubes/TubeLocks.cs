using System.Text;
using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>
/// Rows held until the commit: first tubes by code, then people by round and id, then whatever the grid's round holds. Everybody keeps
/// to this order, so two batches never wait for each other in a ring. Rows that are missing are made, in the same order.
/// </summary>
internal static class TubeLocks
{
    /// <summary>Rows of one statement. More than these are not tracked: whoever changes them writes them in bulk.</summary>
    public const int Together = 500;

#pragma warning disable EF1002 // The texts hold table names and the dialect's own words; every value is a parameter.
    public static async Task<List<TubeRow>> TubesAsync(TongxinDb db, IEnumerable<string> codes, DateTimeOffset now, CancellationToken ct)
    {
        var sorted = codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        // Many at once are a laboratory's file: its tubes are there.
        var held = sorted.Count > Together ? await HoldTubesAsync(db, sorted, false, ct) : [];
        if (held.Count > 0 && held.Count == sorted.Count) return held;
        foreach (var part in sorted.Chunk(Together))
        {
            var padded = Padded.Of(part);
            object[] values = [db.Dialect.Instant(now), .. padded];
            var rows = string.Join(", ", padded.Select((_, i) => $"({{{i + 1}}}, 'Round', 0, 'Unopened', 0, 0, FALSE, FALSE, 0, {{0}})"));
            await db.Database.ExecuteSqlRawAsync(
                $"INSERT INTO screening_tubes (code, purpose, size, stage, members, contested, is_collided, is_in_doubt, result_version, changed_at) VALUES {rows} ON CONFLICT DO NOTHING", values, ct);
        }

        return await HoldTubesAsync(db, sorted, sorted.Count <= Together, ct);
    }

    public static async Task<List<TestRow>> TestsAsync(TongxinDb db, IEnumerable<(Guid Round, Guid Person)> people, DateTimeOffset now, CancellationToken ct)
    {
        // As text: .NET compares ids by another order than both databases.
        var sorted = people.Distinct().OrderBy(p => p.Round.ToString(), StringComparer.Ordinal).ThenBy(p => p.Person.ToString(), StringComparer.Ordinal).ToList();
        // Many at once are a laboratory's results: their people have rows since they were sampled, and are only looked at.
        var held = sorted.Count > Together ? await HoldTestsAsync(db, sorted, false, ct) : [];
        if (held.Count > 0 && held.Count == sorted.Count) return held;
        foreach (var part in sorted.Chunk(Together))
        {
            var rows = new StringBuilder();
            List<object> values = [db.Dialect.Instant(now)];
            foreach (var (round, person) in Padded.Of(part))
            {
                rows.Append(rows.Length == 0 ? "" : ", ").Append('(').Append(Place(values, round)).Append(", ").Append(Place(values, person)).Append(", 'NotSampled', FALSE, FALSE, {0})");
            }
            await db.Database.ExecuteSqlRawAsync(
                $"INSERT INTO screening_tests (round_id, person_id, status, is_in_two_tubes, is_contested, since) VALUES {rows} ON CONFLICT DO NOTHING", values, ct);
        }

        return await HoldTestsAsync(db, sorted, sorted.Count <= Together, ct);
    }

    private static async Task<List<TubeRow>> HoldTubesAsync(TongxinDb db, List<string> sorted, bool isTracked, CancellationToken ct)
    {
        var held = new List<TubeRow>(sorted.Count);
        foreach (var part in sorted.Chunk(InOneList(db)))
        {
            var rows = db.Dialect.OneWriter
                ? db.Set<TubeRow>().Where(t => part.Contains(t.Code)).OrderBy(t => t.Code)
                : db.Set<TubeRow>().FromSqlRaw($"SELECT * FROM screening_tubes WHERE code = ANY({{0}}) ORDER BY code {db.Dialect.ForUpdate}", (object)part);
            held.AddRange(await (isTracked ? rows : rows.AsNoTracking()).ToListAsync(ct));
        }

        return held;
    }

    private static async Task<List<TestRow>> HoldTestsAsync(TongxinDb db, List<(Guid Round, Guid Person)> sorted, bool isTracked, CancellationToken ct)
    {
        var held = new List<TestRow>(sorted.Count);
        foreach (var ofRound in sorted.GroupBy(p => p.Round, p => p.Person))
        {
            foreach (var part in ofRound.Chunk(InOneList(db)))
            {
                var rows = db.Dialect.OneWriter
                    ? db.Set<TestRow>().Where(t => t.RoundId == ofRound.Key && part.Contains(t.PersonId)).OrderBy(t => t.PersonId)
                    : db.Set<TestRow>().FromSqlRaw($"SELECT * FROM screening_tests WHERE round_id = {{0}} AND person_id = ANY({{1}}) ORDER BY person_id {db.Dialect.ForUpdate}", ofRound.Key, part);
                held.AddRange(await (isTracked ? rows : rows.AsNoTracking()).ToListAsync(ct));
            }
        }

        return held;
    }
#pragma warning restore EF1002

    /// <summary>Values in one list of a statement: one array, or a parameter each.</summary>
    internal static int InOneList(TongxinDb db) => db.Dialect.OneWriter ? Together : 20 * Together;

    private static string Place(List<object> values, object value)
    {
        values.Add(value);
        return $"{{{values.Count - 1}}}";
    }
}
