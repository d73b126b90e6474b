using Microsoft.EntityFrameworkCore;

namespace Tongxin.Workforce.Data;

/// <summary>How posts and rosters lie in the database.</summary>
internal static class RosterModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Post>(e =>
        {
            e.ToTable("workforce_posts");
            e.Ignore(p => p.Skills);
            e.Ignore(p => p.Checklist);
            e.Ignore(p => p.Issue);
            e.HasIndex(p => p.Name).IsUnique().HasFilter("archived_at IS NULL");
        });
        model.Entity<ShiftTemplate>(e =>
        {
            e.ToTable("workforce_shift_templates");
            e.Ignore(t => t.Facts);
            e.HasIndex(t => t.PostId);
            e.HasIndex(t => t.SourceId);
            e.HasIndex(t => t.SourceKey);
            e.HasOne<Post>().WithMany().HasForeignKey(t => t.PostId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Roster>(e =>
        {
            e.ToTable("workforce_rosters");
            e.Ignore(r => r.LastDay);
            e.HasIndex(r => new { r.SeriesId, r.Number }).IsUnique();
            e.HasIndex(r => r.SeriesId).IsUnique().HasFilter("state = 'Published'").HasDatabaseName("ux_workforce_rosters_series_id");
            e.HasIndex(r => r.FirstDay);
        });
        model.Entity<RosterMember>(e =>
        {
            e.ToTable("workforce_roster_members");
            e.HasKey(m => new { m.RosterId, m.PersonId });
            e.HasIndex(m => m.PersonId);
            e.HasOne<Roster>().WithMany().HasForeignKey(m => m.RosterId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<RosterDuty>(e =>
        {
            e.ToTable("workforce_duties");
            e.Ignore(d => d.Minutes);
            e.HasIndex(d => new { d.SeriesId, d.TemplateId, d.Day }).IsUnique();
            e.HasIndex(d => new { d.PostId, d.Starts });
            e.HasIndex(d => d.Starts);
            e.HasOne<Roster>().WithMany().HasForeignKey(d => d.SeriesId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Post>().WithMany().HasForeignKey(d => d.PostId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<ShiftTemplate>().WithMany().HasForeignKey(d => d.TemplateId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Turn>(e =>
        {
            e.ToTable("workforce_turns");
            e.HasIndex(t => new { t.RosterId, t.DutyId, t.PersonId }).IsUnique();
            e.HasIndex(t => t.DutyId);
            e.HasIndex(t => t.PersonId);
            e.HasOne<Roster>().WithMany().HasForeignKey(t => t.RosterId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<RosterDuty>().WithMany().HasForeignKey(t => t.DutyId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<HeldSkill>(e =>
        {
            e.ToTable("workforce_skills");
            e.HasIndex(s => new { s.PersonId, s.Skill }).IsUnique();
        });
        model.Entity<Unavailability>(e =>
        {
            e.ToTable("workforce_unavailability");
            e.HasIndex(u => new { u.PersonId, u.From });
        });
        model.Entity<FatigueOverride>(e =>
        {
            e.ToTable("workforce_fatigue_overrides");
            e.HasIndex(o => new { o.SeriesId, o.PersonId, o.Day }).IsUnique();
            e.HasOne<Roster>().WithMany().HasForeignKey(o => o.SeriesId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
