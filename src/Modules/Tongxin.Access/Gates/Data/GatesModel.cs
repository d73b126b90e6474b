using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Gates.Retention;
using Tongxin.Access.Gates.Tracing;

namespace Tongxin.Access.Gates.Data;

/// <summary>How gates lie in the database.</summary>
internal static class GatesModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Gate>(e =>
        {
            e.ToTable("access_gates");
            e.Ignore(g => g.Lanes);
            e.Ignore(g => g.Hours);
            e.Ignore(g => g.Facts);
            e.HasIndex(g => g.PlaceId);
            e.HasIndex(g => new { g.PlaceId, g.Name }).IsUnique().HasFilter("closed_at IS NULL").HasDatabaseName("ux_access_gates_place_id_name");
        });
        model.Entity<GateStateFact>(e =>
        {
            e.ToTable("access_gate_states");
            e.HasIndex(s => new { s.GateId, s.At });
            e.HasOne<Gate>().WithMany().HasForeignKey(s => s.GateId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ZoneCount>(e =>
        {
            e.ToTable("access_zone_counts");
            e.HasIndex(z => new { z.ZoneId, z.At });
        });
        model.Entity<GateNote>(e =>
        {
            e.ToTable("access_gate_notes");
            e.HasIndex(n => n.At);
        });
        model.Entity<Trace>(e =>
        {
            e.ToTable("access_traces");
            e.HasIndex(t => new { t.AccountId, t.AskedAt });
            e.HasOne<Gate>().WithMany().HasForeignKey(t => t.GateId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<TracePassage>(e =>
        {
            e.ToTable("access_trace_passages");
            e.HasKey(t => new { t.TraceId, t.ScanId });
            e.HasIndex(t => t.ScanId);
            e.HasOne<Trace>().WithMany().HasForeignKey(t => t.TraceId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Deletion>(e =>
        {
            e.ToTable("access_deletions");
            e.Ignore(d => d.Late);
            e.HasIndex(d => d.Day).IsUnique();
        });
    }
}
