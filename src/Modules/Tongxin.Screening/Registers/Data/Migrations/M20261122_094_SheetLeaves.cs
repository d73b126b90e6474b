using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Registers.Data.Migrations;

[Migration("M20261122_094_SheetLeaves")]
internal sealed class M20261122_094_SheetLeaves : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_sheet_leaves", t =>
        {
            t.Id();
            t.Guid("round_id", "screening_rounds");
            t.Text("sheet");
            t.Guid("account_id");
            t.Text("purpose");
            t.Instant("expires_at");
        });
        Index("screening_sheet_leaves", "round_id", "account_id");
    }
}
