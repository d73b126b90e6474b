using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Access.Gates.Data.Migrations;

[Migration("M20261122_061_GateNotes")]
internal sealed class M20261122_061_GateNotes : TongxinMigration
{
    protected override void Change()
    {
        Table("access_gate_notes", t =>
        {
            t.Id();
            t.Guid("gate_id");
            t.Instant("at");
            t.Text("document", nullable: true);
            t.Bytes("name_sealed", nullable: true);
            t.Bytes("reason_sealed", nullable: true);
        });
        Index("access_gate_notes", "at");
    }
}
