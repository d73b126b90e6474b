using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Grid.Data.Migrations;

[Migration("M20261121_032_LedgerExports")]
internal sealed class M20261121_032_LedgerExports : TongxinMigration
{
    protected override void Change()
    {
        Table("grid_ledger_exports", t =>
        {
            t.Id();
            t.Guid("round_id", "grid_rounds");
            t.Guid("account_id");
            t.Text("purpose");
            t.Instant("expires_at");
        });
        Index("grid_ledger_exports", "round_id", "account_id");
    }
}
