using Microsoft.EntityFrameworkCore;
using Tongxin.Screening.Rounds.Data;
using Tongxin.Screening.Sites.Data;

namespace Tongxin.Screening.Booking.Data;

/// <summary>How slots and who has them lie in the database.</summary>
internal static class BookingModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<Slot>(e =>
        {
            e.ToTable("screening_slots");
            e.Ignore(s => s.Free);
            e.HasIndex(s => new { s.RoundId, s.From });
            e.HasIndex(s => new { s.SiteId, s.From });
            e.HasOne<TestingRound>().WithMany().HasForeignKey(s => s.RoundId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<TestingSite>().WithMany().HasForeignKey(s => s.SiteId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SlotUnit>(e =>
        {
            e.ToTable("screening_slot_units");
            e.HasKey(u => new { u.SlotId, u.PlaceId });
            e.HasIndex(u => u.PlaceId);
            e.HasOne<Slot>().WithMany().HasForeignKey(u => u.SlotId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SlotBooking>(e =>
        {
            e.ToTable("screening_bookings");
            e.HasKey(b => new { b.RoundId, b.PersonId });
            e.HasIndex(b => b.PersonId);
            e.HasIndex(b => b.SlotId);
            e.HasIndex(b => new { b.WaitsFor, b.WaitsSince });
            e.HasOne<TestingRound>().WithMany().HasForeignKey(b => b.RoundId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Slot>().WithMany().HasForeignKey(b => b.SlotId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<SlotArrival>(e =>
        {
            e.ToTable("screening_arrivals");
            e.HasKey(a => new { a.SlotId, a.PersonId });
            e.HasIndex(a => new { a.RoundId, a.PersonId });
            e.HasOne<Slot>().WithMany().HasForeignKey(a => a.SlotId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<BookingMove>(e =>
        {
            e.ToTable("screening_booking_moves");
            e.HasIndex(m => new { m.RoundId, m.PersonId });
            e.HasIndex(m => new { m.AccountId, m.At });
        });
        model.Entity<TestingNote>(e =>
        {
            e.ToTable("screening_notes");
            e.HasIndex(n => n.Key).IsUnique();
            e.HasIndex(n => new { n.PersonId, n.At });
        });
    }
}
