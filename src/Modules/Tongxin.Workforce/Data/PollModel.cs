using Microsoft.EntityFrameworkCore;

namespace Tongxin.Workforce.Data;

/// <summary>How polls lie in the database.</summary>
internal static class PollModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Poll>(e =>
        {
            e.ToTable("workforce_polls");
            e.Ignore(p => p.Bands);
            e.Ignore(p => p.AllDays);
        });
        model.Entity<PollPerson>(e =>
        {
            e.ToTable("workforce_poll_people");
            e.HasIndex(p => new { p.PollId, p.PersonId }).IsUnique();
            e.HasIndex(p => p.PersonId);
            e.HasOne<Poll>().WithMany().HasForeignKey(p => p.PollId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
