using Microsoft.EntityFrameworkCore;

namespace Tongxin.Screening.Sites.Data;

/// <summary>How sites lie in the database.</summary>
internal static class SitesModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<TestingSite>(e =>
        {
            e.ToTable("screening_sites");
            e.Ignore(s => s.Facts);
            e.HasIndex(s => s.PlaceId);
            e.HasIndex(s => s.Name).IsUnique().HasFilter("closed_at IS NULL").HasDatabaseName("ux_screening_sites_name");
        });
        model.Entity<SiteTable>(e =>
        {
            e.ToTable("screening_tables");
            e.HasIndex(t => new { t.SiteId, t.Number }).IsUnique();
            e.HasOne<TestingSite>().WithMany().HasForeignKey(t => t.SiteId).OnDelete(DeleteBehavior.Restrict);
        });
        SitePost.Configure(model);
    }
}
