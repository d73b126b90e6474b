using Microsoft.EntityFrameworkCore;

namespace Tongxin.Screening.Tubes.Data;

/// <summary>How tubes lie in the database.</summary>
internal static class TubesModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<TubeFactRow>(e =>
        {
            e.ToTable("screening_tube_facts");
            e.Property(f => f.Id).ValueGeneratedNever();
            e.HasIndex(f => f.TubeCode);
            e.HasIndex(f => new { f.RoundId, f.PersonId }).HasFilter("person_id IS NOT NULL");
        });
        model.Entity<TubeRow>(e =>
        {
            e.ToTable("screening_tubes");
            e.HasKey(t => t.Code);
            e.HasIndex(t => new { t.RoundId, t.Stage });
            e.Ignore(t => t.NeedsLook);
        });
        model.Entity<TestRow>(e =>
        {
            e.ToTable("screening_tests");
            e.HasKey(t => new { t.RoundId, t.PersonId });
            e.HasIndex(t => new { t.RoundId, t.Status });
            e.HasIndex(t => t.PersonId);
            e.Ignore(t => t.IsCounted);
        });
    }
}
