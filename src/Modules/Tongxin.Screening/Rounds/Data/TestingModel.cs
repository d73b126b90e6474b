using Microsoft.EntityFrameworkCore;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Rounds.Data;

/// <summary>How testing rounds lie in the database.</summary>
internal static class TestingModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<TestingRound>(e =>
        {
            e.ToTable("screening_rounds");
            // The id is the engine's: nothing here makes it.
            e.Property(r => r.Id).ValueGeneratedNever();
            e.HasIndex(r => r.StartsAt);
        });
        model.Entity<Member>(e =>
        {
            e.ToTable("screening_members");
            e.HasKey(m => new { m.RoundId, m.PersonId });
            e.HasIndex(m => m.PersonId);
            e.HasIndex(m => new { m.RoundId, m.PlaceId, m.Lane });
            e.HasIndex(m => new { m.RoundId, m.HouseholdId });
            e.HasOne<TestingRound>().WithMany().HasForeignKey(m => m.RoundId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SymptomMark>(e =>
        {
            e.ToTable("screening_symptoms");
            e.HasKey(m => new { m.RoundId, m.PersonId });
            e.HasOne<TestingRound>().WithMany().HasForeignKey(m => m.RoundId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<TestingRoundSite>(e =>
        {
            e.ToTable("screening_round_sites");
            e.HasKey(s => new { s.RoundId, s.SiteId });
            e.HasIndex(s => s.SiteId);
            e.HasOne<TestingRound>().WithMany().HasForeignKey(s => s.RoundId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<TestingSite>().WithMany().HasForeignKey(s => s.SiteId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
