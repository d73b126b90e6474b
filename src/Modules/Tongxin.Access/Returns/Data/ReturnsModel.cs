using Microsoft.EntityFrameworkCore;

namespace Tongxin.Access.Returns.Data;

/// <summary>How returns lie in the database.</summary>
internal static class ReturnsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<RiskList>(e =>
        {
            e.ToTable("access_risk_lists");
            e.HasIndex(l => l.Number).IsUnique();
        });
        model.Entity<RiskListArea>(e =>
        {
            e.ToTable("access_risk_areas");
            e.Ignore(a => a.Area);
            e.HasIndex(a => new { a.ListId, a.RowNumber }).IsUnique();
            e.HasOne<RiskList>().WithMany().HasForeignKey(a => a.ListId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReturnSeason>(e =>
        {
            e.ToTable("access_return_seasons");
            e.Ignore(s => s.Days);
            e.HasIndex(s => s.Code).IsUnique();
            e.HasOne<RiskList>().WithMany().HasForeignKey(s => s.RiskListId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReturnSlot>(e =>
        {
            e.ToTable("access_return_slots");
            e.Ignore(s => s.Starts);
            e.Ignore(s => s.Ends);
            e.Ignore(s => s.Free);
            e.HasIndex(s => new { s.SeasonId, s.Day, s.StartMinute }).IsUnique();
            e.HasOne<ReturnSeason>().WithMany().HasForeignKey(s => s.SeasonId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReturnQuota>(e =>
        {
            e.ToTable("access_return_quotas");
            e.HasIndex(q => new { q.SeasonId, q.UnitId, q.Day }).IsUnique();
            e.HasOne<ReturnSeason>().WithMany().HasForeignKey(q => q.SeasonId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReturnRecord>(e =>
        {
            e.ToTable("access_returns");
            e.Ignore(r => r.IsOpen);
            e.HasIndex(r => new { r.SeasonId, r.Key }).IsUnique();
            e.HasIndex(r => new { r.SeasonId, r.State });
            e.HasIndex(r => new { r.SeasonId, r.UnitId });
            e.HasIndex(r => r.SlotId);
            e.HasIndex(r => r.PersonId);
            e.HasIndex(r => r.CodeIndex).IsUnique().HasFilter("code_index IS NOT NULL");
            e.HasOne<ReturnSeason>().WithMany().HasForeignKey(r => r.SeasonId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<ReturnSlot>().WithMany().HasForeignKey(r => r.SlotId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReturnWait>(e =>
        {
            e.ToTable("access_return_waits");
            e.HasIndex(w => w.ReturnId).IsUnique();
            e.HasIndex(w => new { w.SlotId, w.At });
            e.HasOne<ReturnRecord>().WithMany().HasForeignKey(w => w.ReturnId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<ReturnSlot>().WithMany().HasForeignKey(w => w.SlotId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReturnEvent>(e =>
        {
            e.ToTable("access_return_events");
            e.HasIndex(v => new { v.ReturnId, v.At });
            e.HasOne<ReturnRecord>().WithMany().HasForeignKey(v => v.ReturnId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReturnRuling>(e =>
        {
            e.ToTable("access_return_rulings");
            e.HasIndex(r => new { r.ReturnId, r.At });
            e.HasOne<ReturnRecord>().WithMany().HasForeignKey(r => r.ReturnId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ReturnNote>(e =>
        {
            e.ToTable("access_return_notes");
            e.HasIndex(n => n.Key).IsUnique();
            e.HasIndex(n => n.ReturnId);
            e.HasOne<ReturnRecord>().WithMany().HasForeignKey(n => n.ReturnId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
