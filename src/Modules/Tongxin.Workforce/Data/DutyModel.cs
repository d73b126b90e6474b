using Microsoft.EntityFrameworkCore;

namespace Tongxin.Workforce.Data;

/// <summary>How what happens to and on a duty lies in the database.</summary>
internal static class DutyModel
{
    public static void Configure(ModelBuilder model)
    {
        Changes(model);
        Night(model);
        Persons(model);
    }

    private static void Changes(ModelBuilder model)
    {
        model.Entity<Swap>(e =>
        {
            e.ToTable("workforce_swaps");
            e.HasIndex(s => s.TurnId).IsUnique().HasFilter("state IN ('Open', 'Taken')");
            e.HasIndex(s => s.RosterId);
            e.HasOne<Turn>().WithMany().HasForeignKey(s => s.TurnId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SubstituteSearch>(e =>
        {
            e.ToTable("workforce_substitute_searches");
            e.HasIndex(s => s.TurnId).IsUnique().HasFilter("state = 'Open'");
            e.HasOne<Turn>().WithMany().HasForeignKey(s => s.TurnId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SubstituteAsk>(e =>
        {
            e.ToTable("workforce_substitute_asks");
            e.HasIndex(a => new { a.SearchId, a.PersonId }).IsUnique();
            e.HasIndex(a => new { a.PersonId, a.AskedAt });
            e.HasOne<SubstituteSearch>().WithMany().HasForeignKey(a => a.SearchId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Night(ModelBuilder model)
    {
        model.Entity<Attendance>(e =>
        {
            e.ToTable("workforce_attendance");
            e.HasIndex(a => new { a.TurnId, a.Kind }).IsUnique();
            e.HasIndex(a => a.DutyId);
            e.HasIndex(a => new { a.PersonId, a.At });
            e.HasOne<Turn>().WithMany().HasForeignKey(a => a.TurnId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<RosterDuty>().WithMany().HasForeignKey(a => a.DutyId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PostScreen>(e =>
        {
            e.ToTable("workforce_post_screens");
            e.HasKey(s => s.PostId);
            e.HasIndex(s => s.AddressIndex).IsUnique();
            e.HasOne<Post>().WithMany().HasForeignKey(s => s.PostId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<CodeTries>(e =>
        {
            e.ToTable("workforce_code_tries");
            e.HasKey(t => t.PersonId);
        });
        model.Entity<DutyReport>(e =>
        {
            e.ToTable("workforce_duty_reports");
            e.HasIndex(r => r.DutyId);
            e.HasOne<RosterDuty>().WithMany().HasForeignKey(r => r.DutyId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Handover>(e =>
        {
            e.ToTable("workforce_handovers");
            e.Ignore(h => h.Checklist);
            e.Ignore(h => h.Counts);
            e.HasIndex(h => h.DutyId).IsUnique();
            e.HasOne<RosterDuty>().WithMany().HasForeignKey(h => h.DutyId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Persons(ModelBuilder model)
    {
        model.Entity<DutyNote>(e =>
        {
            e.ToTable("workforce_duty_notes");
            e.HasIndex(n => n.Key).IsUnique();
            e.HasIndex(n => n.PersonId);
        });
        model.Entity<PlannedReminder>(e =>
        {
            e.ToTable("workforce_reminders");
            e.HasKey(r => new { r.TurnId, r.PersonId, r.Kind });
        });
        model.Entity<DutyFeed>(e =>
        {
            e.ToTable("workforce_duty_feeds");
            e.HasKey(f => f.PersonId);
            e.HasIndex(f => f.SecretIndex).IsUnique();
        });
        model.Entity<ServiceCertificate>(e =>
        {
            e.ToTable("workforce_certificates");
            e.HasIndex(c => c.Number).IsUnique();
            e.HasIndex(c => c.PersonId);
        });
    }
}
