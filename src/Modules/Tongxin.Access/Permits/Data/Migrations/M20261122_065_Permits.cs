using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Access.Permits.Data.Migrations;

[Migration("M20261122_065_Permits")]
internal sealed class M20261122_065_Permits : TongxinMigration
{
    protected override void Change()
    {
        Table("access_permits", t =>
        {
            t.Id();
            t.Text("kind");
            t.Text("state");
            t.Guid("place_id");
            t.Text("gates_text");
            t.Text("code");
            t.Guid("person_id", nullable: true);
            t.Guid("host_id", nullable: true);
            t.Guid("supplier_id", nullable: true);
            t.Guid("source_id", nullable: true);
            t.Text("short_name");
            t.Text("plate", nullable: true);
            t.Text("plate_likeness", nullable: true);
            t.Bytes("detail");
            t.Instant("starts_at");
            t.Instant("ends_at");
            t.Int("passages");
            t.Int("used_in");
            t.Int("used_out");
            t.Int("companions");
            t.Instant("asked_at");
            t.Guid("asked_by");
            t.Instant("decided_at", nullable: true);
            t.Guid("decided_by", nullable: true);
            t.Text("decided_why", nullable: true);
            t.Bool("is_emergency");
            t.Text("paperwork");
            t.Instant("paperwork_due_at", nullable: true);
            t.Instant("paperwork_done_at", nullable: true);
            t.Guid("paperwork_by", nullable: true);
            t.Instant("out_at", nullable: true);
            t.Instant("back_at", nullable: true);
            t.Bytes("secret_index", nullable: true);
            t.Instant("filled_at", nullable: true);
            t.Version();
        });
        Unique("access_permits", "code");
        Unique("access_permits", "secret_index");
        Index("access_permits", "ends_at");
        Index("access_permits", "plate_likeness");
        Index("access_permits", "paperwork", "paperwork_due_at");
        Index("access_permits", "source_id");

        Table("access_permit_uses", t =>
        {
            t.Id();
            t.Guid("permit_id", "access_permits");
            t.Guid("gate_id");
            t.Instant("at");
            t.Bool("is_over");
        });
        Index("access_permit_uses", "permit_id");
        Index("access_permit_uses", "at");

        Table("access_suppliers", t =>
        {
            t.Id();
            t.Guid("place_id");
            t.Text("name");
            t.Text("licence_no");
            t.Day("licence_until");
            t.Text("note", nullable: true);
            t.Instant("ended_at", nullable: true);
            t.Version();
        });
        UniqueWhere("access_suppliers", "ended_at IS NULL", "place_id", "name");

        Table("access_supplier_drivers", t =>
        {
            t.Id();
            t.Guid("supplier_id", "access_suppliers");
            t.Bytes("name_sealed");
            t.Bytes("phone_sealed", nullable: true);
            t.Text("plate");
            t.Instant("removed_at", nullable: true);
        });
        Index("access_supplier_drivers", "supplier_id");
    }
}
