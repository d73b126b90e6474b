using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Booking;
using Tongxin.Screening.Laboratory.Data;
using Tongxin.Screening.Sites.Data;
using Tongxin.Screening.Tubes.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Screening.Laboratory;

/// <summary>
/// Tells those who help that people are to be sampled alone, or cannot be reached: the captain of each cell, and whoever leads the site now where
/// the tube was taken. How many, never who: names stand on the page of those who may open it.
/// </summary>
internal sealed class TellStaff(TongxinDb db, TellTesting tell, IRounds rounds, ICells cells, ITeams teams, IPostsNow posts, IRoleHolders holders)
{
    public const string Asked = "note.recheck-asked";
    public const string Urgent = "note.recheck-urgent";
    public const string PoolFound = "note.pool-leader";

    /// <summary>Within the caller's transaction.</summary>
    public async Task TellAsync(Guid round, string what, IReadOnlyCollection<RecheckTask> rechecks, CancellationToken ct)
    {
        if (rechecks.Count == 0) return;
        var told = new Dictionary<Guid, int>();
        await CountCaptainsAsync(round, rechecks, told, ct);
        await CountSitesAsync(rechecks, told, ct);
        if (told.Count > 0) tell.Tell(round, what, told.Select(t => new Told(t.Key, t.Value.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>The leader on duty, once for each pool that asks; where no turn of a leader runs, everybody who holds that role. The tube, never who was in it.</summary>
    public async Task TellLeadersAsync(Guid round, IReadOnlyCollection<RecheckTask> rechecks, CancellationToken ct)
    {
        var codes = rechecks.Select(r => r.TubeCode).Distinct(StringComparer.Ordinal).ToList();
        if (codes.Count == 0) return;
        // What is asked in this transaction is not stored yet: who is found was told before.
        var told = await db.Set<RecheckStep>().Where(s => s.What != null && codes.Contains(s.What) && (s.Kind == RecheckStepKind.Opened || s.Kind == RecheckStepKind.Asked)).Select(s => s.What).Distinct().ToListAsync(ct);
        codes = [.. codes.Where(c => !told.Contains(c, StringComparer.Ordinal))];
        if (codes.Count == 0) return;
        List<Guid> leaders = [.. (await posts.LeadersAsync(ct)).Select(l => l.PersonId)];
        if (leaders.Count == 0) leaders = [.. await holders.PersonsAsync(Roles.DutyLeader, ct)];
        foreach (var code in codes) if (leaders.Count > 0) tell.Tell(round, PoolFound, leaders.ConvertAll(l => new Told(l, code)));
    }

    private async Task CountCaptainsAsync(Guid round, IReadOnlyCollection<RecheckTask> rechecks, Dictionary<Guid, int> told, CancellationToken ct)
    {
        var byCell = (await rounds.StatesAsync(round, [.. rechecks.Select(r => r.PersonId).Distinct()], ct)).Values.GroupBy(t => t.CellId).ToDictionary(g => g.Key, g => g.Count());
        var teamOf = (await cells.ListAsync(ct)).Where(c => c.TeamId is not null && byCell.ContainsKey(c.Id)).ToDictionary(c => c.Id, c => c.TeamId.GetValueOrDefault());
        if (teamOf.Count == 0) return;
        var captains = (await teams.FindAsync([.. teamOf.Values.Distinct()], ct)).ToDictionary(t => t.Id, t => t.Captain?.PersonId);
        foreach (var (cell, team) in teamOf)
            if (captains.GetValueOrDefault(team) is { } captain) told[captain] = told.GetValueOrDefault(captain) + byCell[cell];
    }

    private async Task CountSitesAsync(IReadOnlyCollection<RecheckTask> rechecks, Dictionary<Guid, int> told, CancellationToken ct)
    {
        var codes = rechecks.Select(r => r.TubeCode).Distinct(StringComparer.Ordinal).ToList();
        var siteOf = await db.Set<TubeRow>().Where(t => codes.Contains(t.Code) && t.SiteId != null).Select(t => new { t.Code, t.SiteId }).ToDictionaryAsync(t => t.Code, t => t.SiteId.GetValueOrDefault(), ct);
        var ids = siteOf.Values.Distinct().ToList();
        var sites = await db.Set<TestingSite>().AsNoTracking().Where(s => ids.Contains(s.Id) && s.LeadPostId != null).ToListAsync(ct);
        if (sites.Count == 0) return;
        var here = (await posts.AtAsync([.. sites.Select(s => s.PlaceId).Distinct()], ct)).ToDictionary(p => p.Id);
        foreach (var site in sites)
        {
            if (!here.TryGetValue(site.LeadPostId.GetValueOrDefault(), out var post)) continue;
            var count = rechecks.Count(r => siteOf.GetValueOrDefault(r.TubeCode) == site.Id);
            foreach (var lead in post.Here.Concat(post.Due).DistinctBy(p => p.PersonId)) told[lead.PersonId] = told.GetValueOrDefault(lead.PersonId) + count;
        }
    }
}
