using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Workforce.Data.Migrations;

[Migration("M20261122_097_StaffNeeds")]
internal sealed class M20261122_097_StaffNeeds : TongxinMigration
{
    protected override void Change()
    {
        Column("workforce_shift_templates", t =>
        {
            t.Day("only_on", nullable: true);
            t.Guid("source_id", nullable: true);
            t.Text("source_key", nullable: true);
        });
        Index("workforce_shift_templates", "source_id");
        Index("workforce_shift_templates", "source_key");
    }
}
