using Microsoft.EntityFrameworkCore;

namespace Tongxin.Grid.Data;

/// <summary>How the grid lies in the database.</summary>
internal static class GridModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Cell>(e =>
        {
            e.ToTable("grid_cells");
            e.HasIndex(c => c.Number).IsUnique();
            e.HasIndex(c => c.TeamId);
        });
        model.Entity<CellHousehold>(e =>
        {
            e.ToTable("grid_cell_households");
            e.HasKey(c => c.HouseholdId);
            e.HasIndex(c => c.CellId);
            e.HasIndex(c => new { c.PlaceId, c.CellId });
            e.HasOne<Cell>().WithMany().HasForeignKey(c => c.CellId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CellPlace>(e =>
        {
            e.ToTable("grid_cell_places");
            e.HasKey(c => c.PlaceId);
            e.HasIndex(c => c.CellId);
            e.HasOne<Cell>().WithMany().HasForeignKey(c => c.CellId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Responsibility>(e =>
        {
            e.ToTable("grid_responsibilities");
            e.HasIndex(r => new { r.Mode, r.TargetId }).IsUnique().HasFilter("until IS NULL");
            e.HasIndex(r => r.CellId);
            e.HasIndex(r => r.MemberId);
            e.HasOne<Cell>().WithMany().HasForeignKey(r => r.CellId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CellConflict>(e =>
        {
            e.ToTable("grid_cell_conflicts");
            e.HasIndex(c => c.SettledAt);
            e.HasIndex(c => c.HouseholdId);
        });
        model.Entity<TeamProposal>(e =>
        {
            e.ToTable("grid_team_proposals");
            e.HasIndex(p => p.CreatedAt);
        });
    }
}
