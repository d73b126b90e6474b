using Microsoft.EntityFrameworkCore;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.SiteChecks.Data;

/// <summary>How the checklist lies in the database.</summary>
internal static class SiteChecksModel
{
    public static void Configure(ModelBuilder model) => model.Entity<SiteCheck>(e =>
    {
        e.ToTable("screening_site_checks");
        e.HasIndex(c => new { c.SiteId, c.Slot, c.Item }).IsUnique();
        e.HasOne<TestingSite>().WithMany().HasForeignKey(c => c.SiteId).OnDelete(DeleteBehavior.Restrict);
    });
}
