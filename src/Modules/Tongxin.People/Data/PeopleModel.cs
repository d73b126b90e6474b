using Microsoft.EntityFrameworkCore;

namespace Tongxin.People.Data;

/// <summary>How the register lies in the database.</summary>
internal static class PeopleModel
{
    private const string NotMerged = "merged_into_id IS NULL";

    public static void Configure(ModelBuilder model)
    {
        model.Entity<Place>(e =>
        {
            e.ToTable("people_places");
            e.HasIndex(p => p.Path).IsUnique();
            e.HasOne<Place>().WithMany().HasForeignKey(p => p.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Household>(e =>
        {
            e.ToTable("people_households");
            e.HasIndex(h => new { h.PlaceId, h.RoomNumber }).IsUnique();
            e.HasIndex(h => h.SortKey);
            e.HasIndex(h => h.Label);
            e.HasOne<Place>().WithMany().HasForeignKey(h => h.PlaceId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Person>(e =>
        {
            e.ToTable("people_persons");
            e.HasIndex(p => p.Number).IsUnique().HasFilter(NotMerged);
            e.HasIndex(p => p.DocumentIndex).IsUnique().HasFilter(NotMerged);
            e.HasIndex(p => p.PhoneIndex);
            e.HasIndex(p => p.PhoneTailIndex);
            e.HasIndex(p => p.NameFolded);
            e.HasIndex(p => p.MergedIntoId).HasFilter("merged_into_id IS NOT NULL").HasDatabaseName("ix_people_persons_merged");
            e.HasIndex(p => new { p.SortKey, p.Id, p.NameFolded, p.Initials }).HasFilter(NotMerged).HasDatabaseName("ix_people_persons_list_name");
            e.HasIndex(p => new { p.Category, p.SortKey, p.Id }).HasFilter(NotMerged).HasDatabaseName("ix_people_persons_list_category");
            e.HasIndex(p => new { p.Number, p.SortKey, p.Id }).HasFilter(NotMerged).HasDatabaseName("ix_people_persons_list_number");
            e.HasOne<Person>().WithMany().HasForeignKey(p => p.MergedIntoId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Residency>(e =>
        {
            e.ToTable("people_residencies");
            e.HasIndex(r => new { r.PersonId, r.HouseholdId }).IsUnique().HasFilter("until IS NULL");
            e.HasIndex(r => new { r.HouseholdId, r.Until, r.PersonId });
            e.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Household>().WithMany().HasForeignKey(r => r.HouseholdId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AlikePair>(e =>
        {
            e.ToTable("people_alike");
            e.HasKey(a => new { a.OneId, a.OtherId });
            e.HasIndex(a => a.OtherId);
            e.HasOne<Person>().WithMany().HasForeignKey(a => a.OneId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Person>().WithMany().HasForeignKey(a => a.OtherId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<OrganisationUnit>(e =>
        {
            e.ToTable("people_units");
            e.HasIndex(u => u.Path).IsUnique();
            e.HasOne<OrganisationUnit>().WithMany().HasForeignKey(u => u.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Affiliation>(e =>
        {
            e.ToTable("people_affiliations");
            e.HasIndex(a => a.PersonId);
            e.HasIndex(a => a.UnitId);
            e.HasOne<Person>().WithMany().HasForeignKey(a => a.PersonId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<OrganisationUnit>().WithMany().HasForeignKey(a => a.UnitId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CareTag>(e =>
        {
            e.ToTable("people_care_tags");
            e.HasIndex(t => t.PersonId);
            e.HasIndex(t => t.ExpiresOn);
            e.HasOne<Person>().WithMany().HasForeignKey(t => t.PersonId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ImportBatch>(e =>
        {
            e.ToTable("people_import_batches");
            e.Ignore(b => b.Counts);
            e.HasIndex(b => b.UploadedAt);
        });
        model.Entity<ImportFinding>(e =>
        {
            e.ToTable("people_import_findings");
            e.HasIndex(f => new { f.BatchId, f.Kind, f.RowNumber });
            e.HasOne<ImportBatch>().WithMany().HasForeignKey(f => f.BatchId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Export>(e =>
        {
            e.ToTable("people_exports");
            e.HasIndex(x => new { x.RequestedBy, x.RequestedAt });
        });
    }
}
