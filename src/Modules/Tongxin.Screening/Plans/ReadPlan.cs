using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Plans.Data;
using Tongxin.Screening.Rounds;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Plans;

/// <summary>A plan as its pages show it.</summary>
/// <param name="Plan">Null: there is none yet.</param>
/// <param name="Staff">Of a plan in force.</param>
internal sealed record PlanSight(TestingView Round, RoundPlan? Plan, PlanBody? Body, IReadOnlyDictionary<Guid, string> Sites, IReadOnlyList<TableSight> Tables, StaffSight? Staff)
{
    public string SiteName(Guid id) => Sites.GetValueOrDefault(id, "");
}

/// <summary>A table of a site of the round, for choosing.</summary>
internal sealed record TableSight(Guid Id, Guid SiteId, int Number, int Rate);

/// <summary>Reads the last plan of a round: for who plans also one that is not in force.</summary>
internal sealed class ReadPlan(TongxinDb db, ReadTesting testing, MakePlan plans, FeedStaff staff)
{
    public async Task<PlanSight?> FindAsync(Guid round, Actor actor, CancellationToken ct)
    {
        if (await testing.FindAsync(round, actor, ct) is not { } view) return null;
        var plan = await plans.LastAsync(round, publishedOnly: !actor.Can(TestingPermissions.Open), ct);
        var ids = db.Set<Rounds.Data.TestingRoundSite>().Where(s => s.RoundId == round).Select(s => s.SiteId);
        var sites = await db.Set<TestingSite>().AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var tables = await db.Set<SiteTable>().AsNoTracking().Where(t => ids.Contains(t.SiteId) && t.ClosedAt == null).OrderBy(t => t.Number).Select(t => new TableSight(t.Id, t.SiteId, t.Number, t.RatePerHour)).ToListAsync(ct);
        var body = plan?.Read();
        var fed = plan is { PublishedAt: not null } && body is not null ? await staff.FindAsync(round, body, ct) : null;
        return new PlanSight(view, plan, body, sites, tables, fed);
    }
}
