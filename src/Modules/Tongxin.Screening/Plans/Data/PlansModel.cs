using Microsoft.EntityFrameworkCore;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Plans.Data;

/// <summary>How plans lie in the database.</summary>
internal static class PlansModel
{
    public static void Configure(ModelBuilder model) => model.Entity<RoundPlan>(e =>
    {
        e.ToTable("screening_plans");
        e.HasIndex(p => new { p.RoundId, p.Number }).IsUnique();
        e.HasOne<TestingRound>().WithMany().HasForeignKey(p => p.RoundId).OnDelete(DeleteBehavior.Restrict);
    });
}
