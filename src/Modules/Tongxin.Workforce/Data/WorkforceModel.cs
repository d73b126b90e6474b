using Microsoft.EntityFrameworkCore;

namespace Tongxin.Workforce.Data;

/// <summary>How teams lie in the database.</summary>
internal static class WorkforceModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Team>(e =>
        {
            e.ToTable("workforce_teams");
            e.HasIndex(t => t.UnitId);
        });
        model.Entity<Membership>(e =>
        {
            e.ToTable("workforce_memberships");
            e.HasIndex(m => m.TeamId).IsUnique().HasFilter("role = 'Captain' AND until IS NULL").HasDatabaseName("ux_workforce_memberships_captain");
            e.HasIndex(m => new { m.TeamId, m.PersonId }).IsUnique().HasFilter("until IS NULL");
            e.HasIndex(m => m.PersonId);
            e.HasOne<Team>().WithMany().HasForeignKey(m => m.TeamId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Volunteer>(e =>
        {
            e.ToTable("workforce_volunteers");
            e.HasIndex(v => v.PersonId).IsUnique();
        });
    }
}
