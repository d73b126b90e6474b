using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Labels.Data;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Labels;

/// <summary>Gives out codes that nobody else gets, and reads what was given out.</summary>
internal sealed class MakeLabels(TongxinDb db, ReadTesting testing, TimeProvider clock)
{
    public const int MostAtOnce = 4_000;
    private const int Tries = 3;

    /// <summary>Takes the next numbers of a kind. Commits.</summary>
    public async Task<Result<Guid>> ExecuteAsync(Guid round, LabelKind kind, int count, Actor actor, CancellationToken ct)
    {
        if (await testing.FindAsync(round, actor, ct, LabelPermissions.Print) is null) return LabelErrors.NotFound;
        if (count is < 1 or > MostAtOnce) return LabelErrors.Count(MostAtOnce);
        for (var i = 0; i < Tries; i++)
        {
            var next = await db.Set<LabelRun>().Where(r => r.Kind == kind).Select(r => (int?)(r.First + r.Count)).MaxAsync(ct) ?? 0;
            if (next > LabelCodes.Most - count) break;
            var run = LabelRun.Of(round, kind, next, count, actor.AccountId, clock.GetUtcNow());
            db.Add(run);
            db.Record(actor, "screening.labels.made", "round", round, details: new { kind = kind.ToString(), first = next, count });
            try
            {
                await db.CommitAsync(ct);
                return run.Id;
            }
            catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
            {
                // Somebody took these numbers in the meantime.
                db.Forget();
            }
        }

        return LabelErrors.Again;
    }

    /// <summary>What was given out for a round, the newest first; null: no such round within reach.</summary>
    public async Task<(TestingView Round, IReadOnlyList<LabelRun> Runs)?> ListAsync(Guid round, Actor actor, CancellationToken ct) =>
        await testing.FindAsync(round, actor, ct, LabelPermissions.Print) is { } view
            ? (view, await db.Set<LabelRun>().AsNoTracking().Where(r => r.RoundId == round).OrderByDescending(r => r.MadeAt).ThenByDescending(r => r.First).ToListAsync(ct))
            : null;
}
