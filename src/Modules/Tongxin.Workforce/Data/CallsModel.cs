using Microsoft.EntityFrameworkCore;

namespace Tongxin.Workforce.Data;

/// <summary>How calls and applications lie in the database.</summary>
internal static class CallsModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Call>(e =>
        {
            e.ToTable("workforce_calls");
            e.Ignore(c => c.Duties);
            e.Ignore(c => c.Skills);
            e.HasIndex(c => c.Code).IsUnique();
        });
        model.Entity<Application>(e =>
        {
            e.ToTable("workforce_applications");
            e.Ignore(a => a.Duties);
            e.Ignore(a => a.Free);
            e.Ignore(a => a.Claims);
            e.HasIndex(a => new { a.CallId, a.Key }).IsUnique();
            e.HasIndex(a => new { a.CallId, a.Verdict });
            e.HasIndex(a => a.PersonId);
            e.HasIndex(a => a.CodeIndex).IsUnique().HasFilter("code_index IS NOT NULL");
            e.HasOne<Call>().WithMany().HasForeignKey(a => a.CallId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CallImport>(e =>
        {
            e.ToTable("workforce_call_imports");
            e.Ignore(i => i.Counts);
            e.HasIndex(i => i.CallId);
            e.HasOne<Call>().WithMany().HasForeignKey(i => i.CallId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CallImportRow>(e =>
        {
            e.ToTable("workforce_call_import_rows");
            e.HasIndex(r => new { r.ImportId, r.Fate });
            e.HasOne<CallImport>().WithMany().HasForeignKey(r => r.ImportId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
