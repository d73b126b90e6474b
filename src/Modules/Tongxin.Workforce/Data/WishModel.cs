using Microsoft.EntityFrameworkCore;

namespace Tongxin.Workforce.Data;

/// <summary>How wishes lie in the database.</summary>
internal static class WishModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<WishWindow>(e =>
        {
            e.ToTable("workforce_wish_windows");
            e.HasKey(w => w.SeriesId);
            e.HasOne<Roster>().WithMany().HasForeignKey(w => w.SeriesId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<DutyWish>(e =>
        {
            e.ToTable("workforce_wishes");
            e.Ignore(w => w.IsWholeDay);
            e.HasIndex(w => new { w.SeriesId, w.PersonId, w.Day, w.StartsAt, w.Minutes }).IsUnique();
            e.HasIndex(w => w.PersonId);
            e.HasOne<Roster>().WithMany().HasForeignKey(w => w.SeriesId).OnDelete(DeleteBehavior.Restrict);
        });
    }
}
