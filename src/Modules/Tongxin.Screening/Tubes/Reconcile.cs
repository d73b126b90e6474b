using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>The tubes that lie on a table, or on all tables of a site, as the packer scanned them.</summary>
/// <param name="Table">Null: the whole site.</param>
/// <param name="Codes">Up to 2,000.</param>
internal sealed record ReconcileRequest(Guid Round, Guid Site, Guid? Table, IReadOnlyList<string>? Codes);

/// <summary>What differs between the table and the system. All lists empty: pack.</summary>
/// <param name="Expected">Tubes in the system here that are closed and in no box.</param>
/// <param name="Missing">In the system, not on the table: look for them.</param>
/// <param name="Unknown">On the table, not in the system: not arrived yet, or another round's or site's.</param>
/// <param name="Open">On the table and not closed.</param>
/// <param name="Boxed">On the table and already in a box.</param>
/// <param name="Quarantined">On the table and in quarantine: apart from the others, not into the box.</param>
/// <param name="Twice">Scanned twice.</param>
internal sealed record ReconcileAnswer(
    int Expected, int Scanned, IReadOnlyList<string> Missing, IReadOnlyList<string> Unknown, IReadOnlyList<string> Open, IReadOnlyList<string> Boxed,
    IReadOnlyList<string> Quarantined, IReadOnlyList<string> Twice)
{
    public bool Agrees => Missing.Count + Unknown.Count + Open.Count + Boxed.Count + Quarantined.Count + Twice.Count == 0;
}

/// <summary>Compares tubes in the system with tubes on the table before they go into a box. Changes nothing.</summary>
internal sealed class Reconcile(TongxinDb db, TubeGround ground)
{
    public const int MostCodes = 2000;

    public async Task<Result<ReconcileAnswer>> ExecuteAsync(ReconcileRequest request, Actor actor, CancellationToken ct)
    {
        if (request.Codes?.Count > MostCodes) return TubeErrors.TooMany(MostCodes);
        if (!(await ground.OwnSitesAsync(actor, ct)).Contains(request.Site)) return TubeErrors.Site;

        var read = (request.Codes ?? []).Select(TubeCode.Read).ToList();
        var scanned = read.ToHashSet(StringComparer.Ordinal);
        var here = await db.Set<TubeRow>().AsNoTracking()
            .Where(t => t.RoundId == request.Round && t.SiteId == request.Site && (request.Table == null || t.TableId == request.Table)).ToListAsync(ct);
        var byCode = here.ToDictionary(t => t.Code, StringComparer.Ordinal);
        var expected = here.Where(t => t is { Stage: TubeStage.Closed, IsCollided: false }).Select(t => t.Code).Order(StringComparer.Ordinal).ToList();
        return new ReconcileAnswer(
            expected.Count, read.Count,
            [.. expected.Where(c => !scanned.Contains(c))],
            OnTable(t => t is null),
            OnTable(t => t is { IsCollided: false, Stage: TubeStage.Open or TubeStage.Unopened }),
            OnTable(t => t is { IsCollided: false, Stage: not (TubeStage.Open or TubeStage.Unopened or TubeStage.Closed) }),
            OnTable(t => t is { IsCollided: true }),
            [.. read.GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).Order(StringComparer.Ordinal)]);

        IReadOnlyList<string> OnTable(Func<TubeRow?, bool> which) => [.. scanned.Where(c => which(byCode.GetValueOrDefault(c))).Order(StringComparer.Ordinal)];
    }
}
