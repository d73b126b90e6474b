using Microsoft.EntityFrameworkCore;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Laboratory.Data;

/// <summary>How files of the laboratory and rechecks lie in the database.</summary>
internal static class LaboratoryModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<LabFile>(e =>
        {
            e.ToTable("screening_lab_files");
            e.Ignore(f => f.Counts);
            e.Ignore(f => f.LacksRows);
            e.HasIndex(f => new { f.RoundId, f.Number }).IsUnique();
            e.HasOne<TestingRound>().WithMany().HasForeignKey(f => f.RoundId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LabRow>(e =>
        {
            e.ToTable("screening_lab_rows");
            e.Property(r => r.Id).ValueGeneratedNever();
            e.Ignore(r => r.Args);
            e.HasIndex(r => new { r.FileId, r.RowNumber });
            e.HasOne<LabFile>().WithMany().HasForeignKey(r => r.FileId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LabContact>(e =>
        {
            e.ToTable("screening_lab_contacts");
            e.HasIndex(c => new { c.FileId, c.At });
            e.HasOne<LabFile>().WithMany().HasForeignKey(c => c.FileId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RecheckTask>(e =>
        {
            e.ToTable("screening_rechecks");
            e.Ignore(r => r.IsWaiting);
            e.HasIndex(r => new { r.RoundId, r.PersonId }).IsUnique();
            e.HasIndex(r => r.PersonId);
            e.HasIndex(r => r.DueAt);
            e.HasOne<TestingRound>().WithMany().HasForeignKey(r => r.RoundId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RecheckStep>(e =>
        {
            e.ToTable("screening_recheck_steps");
            e.Property(s => s.Id).ValueGeneratedNever();
            e.HasIndex(s => s.RecheckId);
            e.HasOne<RecheckTask>().WithMany().HasForeignKey(s => s.RecheckId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
