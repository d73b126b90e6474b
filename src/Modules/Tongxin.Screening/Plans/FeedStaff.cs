using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Core.Sampling;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Plans.Data;
using Tongxin.Screening.Sites.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Screening.Plans;

/// <summary>What became of a plan's staff in the rosters.</summary>
/// <param name="IsFed">The posts ask for exactly what the plan says.</param>
internal sealed record StaffSight(StaffFed Fed, bool IsFed);

/// <summary>
/// Gives the staff of the plan in force to the rosters as posts: one for each site and kind of work, with shifts for the day. The round is
/// their source, so the next plan changes them in place.
/// </summary>
internal sealed class FeedStaff(TongxinDb db, PlanGround ground, MakePlan plans, IStaffNeeds needs, IStringLocalizer<PlansText> texts)
{
    // A post is called by site and work: a long name of a site is cut so that the work stays.
    private const int LongestSite = 30;

    public async Task<Result> ExecuteAsync(Guid roundId, Actor actor, CancellationToken ct)
    {
        if (await ground.FindAsync(roundId, actor, ct) is null || await plans.LastAsync(roundId, publishedOnly: true, ct) is not { } plan) return PlanErrors.NotFound;
        var staff = Wanted(plan.Read());
        var ids = staff.Select(n => n.SiteId).Distinct().ToList();
        var sites = await db.Set<TestingSite>().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var fed = await needs.FeedAsync(roundId, [.. staff.GroupBy(n => (n.SiteId, n.Post)).Select(g => PostOf(sites[g.Key.SiteId], g.Key.Post, g))], actor, ct);
        if (fed.IsFailure) return fed;
        await LinkAsync(sites, [.. staff.Select(n => (n.SiteId, n.Post)).Distinct()], await needs.FindAsync(roundId, ct), actor, ct);
        return Result.Ok;
    }

    public async Task<StaffSight> FindAsync(Guid roundId, PlanBody body, CancellationToken ct)
    {
        var fed = await needs.FindAsync(roundId, ct);
        var asked = fed.Posts.SelectMany(p => p.Shifts.Select(s => (p.Key, s)));
        return new StaffSight(fed, Wanted(body).Select(n => (Key(n.SiteId, n.Post), Shift(n))).ToHashSet().SetEquals(asked));
    }

    /// <summary>A site knows whose turn opens it: the post of its 点长 and its clerks where the office named none, and all the others.</summary>
    private async Task LinkAsync(Dictionary<Guid, TestingSite> sites, IReadOnlyList<(Guid Site, SamplingPost Post)> work, StaffFed fed, Actor actor, CancellationToken ct)
    {
        var posts = fed.Posts.ToDictionary(p => p.Key, p => p.Id, StringComparer.Ordinal);
        var ids = sites.Keys.ToList();
        var known = (await db.Set<SitePost>().AsNoTracking().Where(p => ids.Contains(p.SiteId)).ToListAsync(ct)).Select(p => (p.SiteId, p.PostId)).ToHashSet();
        var linked = 0;
        foreach (var (id, kind) in work)
        {
            if (!posts.TryGetValue(Key(id, kind), out var post)) continue;
            var site = sites[id];
            if (kind == SamplingPost.SiteLead && site.LeadPostId is null) site.Change(site.Facts with { LeadPostId = post });
            else if (kind == SamplingPost.Clerk && site.ClerkPostId is null) site.Change(site.Facts with { ClerkPostId = post });
            else if (kind is not (SamplingPost.SiteLead or SamplingPost.Clerk) && known.Add((id, post))) db.Add(SitePost.Of(id, post));
            else continue;
            linked++;
        }
        if (linked == 0) return;
        db.Record(actor, "screening.site.posts-linked", "round", null, details: new { linked });
        await db.CommitAsync(ct);
    }

    private StaffPost PostOf(TestingSite site, SamplingPost kind, IEnumerable<PostNeed> needed)
    {
        var name = site.Name.Length > LongestSite ? site.Name[..LongestSite] : site.Name;
        return new StaffPost(Key(site.Id, kind), $"{name} {texts[$"post.{kind}"]}", [.. needed.Select(Shift)])
        {
            PostId = kind switch { SamplingPost.SiteLead => site.LeadPostId, SamplingPost.Clerk => site.ClerkPostId, _ => null },
            PlaceId = site.PlaceId,
            Duty = kind == SamplingPost.Order ? DutyCode.Order : DutyCodes.Of(CampusDuty.Testing),
            Skills = kind == SamplingPost.Sampler ? [Skill.Sampling] : [],
        };
    }

    private static IReadOnlyList<PostNeed> Wanted(PlanBody body) => [.. body.Plan.Staff.Where(n => n.Needed > 0)];

    private static string Key(Guid site, SamplingPost post) => $"testing/{site:N}/{post}";

    private static StaffShift Shift(PostNeed need) => new(need.Starts, need.Ends, need.Needed);
}
