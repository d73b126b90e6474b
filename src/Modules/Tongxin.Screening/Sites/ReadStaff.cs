using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;
using Tongxin.Screening.Sites.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Screening.Sites;

/// <summary>What is the matter with the people of a site.</summary>
internal enum StaffGapKind
{
    /// <summary>There is no table.</summary>
    NoTable,

    /// <summary>No post is named as that of the 点长.</summary>
    NoLeadPost,

    /// <summary>The 点长's post has nobody now.</summary>
    NoLead,

    /// <summary>No post is named as that of the clerks.</summary>
    NoClerkPost,

    /// <summary>Fewer clerks than tables.</summary>
    TooFewClerks,
}

/// <summary>A lack at a site; each is to be mended on the site's page or in the rosters.</summary>
/// <param name="Missing">How many people.</param>
internal sealed record StaffGap(TestingSite Site, StaffGapKind Kind, int Missing, string? Post);

/// <summary>Whether sites have the people they need now: read from the posts, never entered here.</summary>
internal sealed class ReadStaff(TongxinDb db, IPlaces places, IPostsNow posts)
{
    public async Task<IReadOnlyList<StaffGap>> GapsAsync(IReadOnlyCollection<Guid> siteIds, CancellationToken ct)
    {
        var sites = await db.Set<TestingSite>().AsNoTracking().Where(s => siteIds.Contains(s.Id) && s.ClosedAt == null).OrderBy(s => s.Name).ToListAsync(ct);
        var tables = (await db.Set<SiteTable>().AsNoTracking().Where(t => siteIds.Contains(t.SiteId) && t.ClosedAt == null).Select(t => t.SiteId).ToListAsync(ct)).ToLookup(s => s);
        var staffed = await PostsAsync(ct);
        return [.. sites.SelectMany(s => Of(s, tables[s.Id].Count(), staffed))];
    }

    /// <summary>All posts of the register's places, by id.</summary>
    public async Task<IReadOnlyDictionary<Guid, StaffedPost>> PostsAsync(CancellationToken ct) =>
        (await posts.AtAsync([.. (await places.ListAsync(ct)).Select(p => p.Id)], ct)).ToDictionary(p => p.Id);

    private static IEnumerable<StaffGap> Of(TestingSite site, int tables, IReadOnlyDictionary<Guid, StaffedPost> posts)
    {
        if (tables == 0) yield return new StaffGap(site, StaffGapKind.NoTable, 0, null);
        if (site.LeadPostId is not { } lead || !posts.TryGetValue(lead, out var leads)) yield return new StaffGap(site, StaffGapKind.NoLeadPost, 1, null);
        else if (leads.Here.Count + leads.Due.Count == 0) yield return new StaffGap(site, StaffGapKind.NoLead, 1, leads.Name);
        if (site.ClerkPostId is not { } clerk || !posts.TryGetValue(clerk, out var clerks)) yield return new StaffGap(site, StaffGapKind.NoClerkPost, tables, null);
        else if (clerks.Here.Count + clerks.Due.Count is var there && there < tables) yield return new StaffGap(site, StaffGapKind.TooFewClerks, tables - there, clerks.Name);
    }
}
