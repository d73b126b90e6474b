using Microsoft.EntityFrameworkCore;

namespace Tongxin.Grid.Data;

/// <summary>How rounds lie in the database.</summary>
internal static class RoundsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Round>(e =>
        {
            e.ToTable("grid_rounds");
            e.Ignore(r => r.Rules);
            e.HasIndex(r => r.Number).IsUnique();
        });
        model.Entity<Target>(e =>
        {
            e.ToTable("grid_round_targets");
            e.HasKey(t => new { t.RoundId, t.TargetId });
            e.Ignore(t => t.WaitsForReview);
            e.HasIndex(t => t.TargetId);
            e.HasIndex(t => t.Code).IsUnique();
            // The board's one grouped query reads this index and no row.
            e.HasIndex(t => new { t.RoundId, t.PlaceId, t.CellId, t.Status, t.Result, t.IsEscalated });
            e.HasIndex(t => new { t.RoundId, t.CellId, t.SortKey });
            e.HasIndex(t => new { t.RoundId, t.SortKey });
            e.HasIndex(t => new { t.RoundId, t.ClosedSlot });
            e.HasOne<Round>().WithMany().HasForeignKey(t => t.RoundId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Cell>().WithMany().HasForeignKey(t => t.CellId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<OutcomeFact>(e =>
        {
            e.ToTable("grid_round_outcomes");
            e.HasIndex(o => new { o.RoundId, o.TargetId });
            e.HasOne<Round>().WithMany().HasForeignKey(o => o.RoundId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Review>(e =>
        {
            e.ToTable("grid_round_reviews");
            e.HasIndex(r => new { r.RoundId, r.TargetId });
            e.HasOne<Round>().WithMany().HasForeignKey(r => r.RoundId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LedgerExport>(e =>
        {
            e.ToTable("grid_ledger_exports");
            e.HasIndex(x => new { x.RoundId, x.AccountId });
            e.HasOne<Round>().WithMany().HasForeignKey(x => x.RoundId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReportTries>(e =>
        {
            e.ToTable("grid_report_tries");
            e.HasKey(t => t.Key);
        });
    }
}
