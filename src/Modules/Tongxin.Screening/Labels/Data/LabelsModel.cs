using Microsoft.EntityFrameworkCore;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Labels.Data;

/// <summary>How labels lie in the database.</summary>
internal static class LabelsModel
{
    public static void Configure(ModelBuilder model) => model.Entity<LabelRun>(e =>
    {
        e.ToTable("screening_label_runs");
        // Two who print at once do not get the same numbers.
        e.HasIndex(r => new { r.Kind, r.First }).IsUnique();
        e.HasIndex(r => r.RoundId);
        e.HasOne<TestingRound>().WithMany().HasForeignKey(r => r.RoundId).OnDelete(DeleteBehavior.Restrict);
    });
}
