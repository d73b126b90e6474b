using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Access.Gates.Data.Migrations;

[Migration("M20261122_060_Gates")]
internal sealed class M20261122_060_Gates : TongxinMigration
{
    protected override void Change()
    {
        Table("access_gates", t =>
        {
            t.Id();
            t.Guid("place_id");
            t.Guid("zone_id", nullable: true);
            t.Guid("post_id", nullable: true);
            t.Text("name");
            t.Text("kind");
            t.Text("lanes_text");
            t.Text("hours_text");
            t.Text("state");
            t.Instant("state_since");
            t.Text("pass_back");
            t.Int("pass_back_minutes");
            t.Instant("closed_at", nullable: true);
            t.Version();
        });
        Index("access_gates", "place_id");
        UniqueWhere("access_gates", "closed_at IS NULL", "place_id", "name");

        Table("access_gate_states", t =>
        {
            t.Id();
            t.Guid("gate_id", "access_gates");
            t.Text("state");
            t.Instant("at");
            t.Guid("account_id");
            t.Text("why");
        });
        Index("access_gate_states", "gate_id", "at");

        Table("access_zone_counts", t =>
        {
            t.Id();
            t.Guid("zone_id");
            t.Instant("at");
            t.Int("people");
            t.Text("kind");
            t.Guid("account_id");
            t.Text("why", nullable: true);
        });
        Index("access_zone_counts", "zone_id", "at");
    }
}
