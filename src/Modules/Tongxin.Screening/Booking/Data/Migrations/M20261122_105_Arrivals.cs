using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Booking.Data.Migrations;

[Migration("M20261122_105_Arrivals")]
internal sealed class M20261122_105_Arrivals : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_arrivals", t =>
        {
            t.Guid("slot_id", "screening_slots");
            t.Guid("person_id");
            t.Guid("round_id");
            t.Instant("at");
            t.Guid("account_id", nullable: true);
            t.Text("tube_code", nullable: true);
            t.Key("slot_id", "person_id");
        });
        Index("screening_arrivals", "round_id", "person_id");
    }
}
