using Microsoft.EntityFrameworkCore;

namespace Tongxin.Access.Permits.Data;

/// <summary>How permits lie in the database.</summary>
internal static class PermitsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Permit>(e =>
        {
            e.ToTable("access_permits");
            e.Ignore(p => p.Gates);
            e.HasIndex(p => p.Code).IsUnique();
            e.HasIndex(p => p.SecretIndex).IsUnique();
            e.HasIndex(p => p.EndsAt);
            e.HasIndex(p => p.PlateLikeness);
            e.HasIndex(p => new { p.Paperwork, p.PaperworkDueAt });
            e.HasIndex(p => p.SourceId);
        });
        model.Entity<PermitUse>(e =>
        {
            e.ToTable("access_permit_uses");
            e.HasIndex(u => u.PermitId);
            e.HasIndex(u => u.At);
            e.HasOne<Permit>().WithMany().HasForeignKey(u => u.PermitId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Supplier>(e =>
        {
            e.ToTable("access_suppliers");
            e.HasIndex(s => new { s.PlaceId, s.Name }).IsUnique().HasFilter("ended_at IS NULL");
        });
        model.Entity<SupplierDriver>(e =>
        {
            e.ToTable("access_supplier_drivers");
            e.HasIndex(d => d.SupplierId);
            e.HasOne<Supplier>().WithMany().HasForeignKey(d => d.SupplierId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
