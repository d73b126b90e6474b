using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Booking.Data.Migrations;

[Migration("M20261122_082_Booking")]
internal sealed class M20261122_082_Booking : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_slots", t =>
        {
            t.Id();
            t.Guid("round_id", "screening_rounds");
            t.Guid("site_id", "screening_sites");
            t.Instant("from");
            t.Instant("until");
            t.Text("lane");
            t.Text("risk");
            t.Int("capacity");
            t.Int("taken");
            t.Instant("withdrawn_at", nullable: true);
        });
        Index("screening_slots", "round_id", "from");
        Index("screening_slots", "site_id", "from");

        Table("screening_slot_units", t =>
        {
            t.Guid("slot_id", "screening_slots");
            t.Guid("place_id");
            t.Int("people");
            t.Key("slot_id", "place_id");
        });
        Index("screening_slot_units", "place_id");

        Table("screening_bookings", t =>
        {
            t.Guid("round_id", "screening_rounds");
            t.Guid("person_id");
            t.Guid("slot_id", "screening_slots", nullable: true);
            t.Guid("waits_for", nullable: true);
            t.Instant("waits_since", nullable: true);
            t.Instant("changed_at");
            t.Version();
            t.Key("round_id", "person_id");
        });
        Index("screening_bookings", "person_id");
        Index("screening_bookings", "slot_id");
        Index("screening_bookings", "waits_for", "waits_since");

        Table("screening_booking_moves", t =>
        {
            t.Id();
            t.Guid("round_id");
            t.Guid("person_id");
            t.Guid("slot_id", nullable: true);
            t.Text("step");
            t.Guid("account_id");
            t.Instant("at");
            t.Text("why", nullable: true);
        });
        Index("screening_booking_moves", "round_id", "person_id");
        Index("screening_booking_moves", "account_id", "at");

        Table("screening_notes", t =>
        {
            t.Id();
            t.Guid("person_id");
            t.Guid("round_id");
            t.Text("what");
            t.Text("arg", nullable: true);
            t.Text("key");
            t.Instant("at");
            t.Instant("read_at", nullable: true);
        });
        Unique("screening_notes", "key");
        Index("screening_notes", "person_id", "at");
    }
}
