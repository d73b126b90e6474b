using Microsoft.EntityFrameworkCore;

namespace Tongxin.Screening.Sites.Data;

/// <summary>A post whose people work at a site, besides the 点长's and the clerks': whoever has a turn there reaches the site.</summary>
internal sealed class SitePost
{
    private SitePost() { }

    public Guid SiteId { get; private set; }
    public Guid PostId { get; private set; }

    public static SitePost Of(Guid site, Guid post) => new() { SiteId = site, PostId = post };

    public static void Configure(ModelBuilder model) => model.Entity<SitePost>(e =>
    {
        e.ToTable("screening_site_posts");
        e.HasKey(p => new { p.SiteId, p.PostId });
        e.HasOne<TestingSite>().WithMany().HasForeignKey(p => p.SiteId).OnDelete(DeleteBehavior.Restrict);
    });
}
