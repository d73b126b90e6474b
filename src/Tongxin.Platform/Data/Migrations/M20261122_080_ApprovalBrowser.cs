using Microsoft.EntityFrameworkCore.Migrations;

namespace Tongxin.Platform.Data.Migrations;

[Migration("M20261122_080_ApprovalBrowser")]
internal sealed class M20261122_080_ApprovalBrowser : TongxinMigration
{
    protected override void Change() => Column("platform_approvals", t => t.Text("requested_from", nullable: true));
}
