using Microsoft.EntityFrameworkCore;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Absentees.Data;

/// <summary>How steps towards who is missing lie in the database.</summary>
internal static class AbsentModel
{
    public static void Configure(ModelBuilder model) => model.Entity<AbsentStep>(e =>
    {
        e.ToTable("screening_absent_steps");
        e.Property(s => s.Id).ValueGeneratedNever();
        e.Ignore(s => s.ReasonText);
        e.HasIndex(s => new { s.RoundId, s.PersonId });
        e.HasOne<TestingRound>().WithMany().HasForeignKey(s => s.RoundId).OnDelete(DeleteBehavior.Restrict);
    });
}
