using Microsoft.EntityFrameworkCore.Migrations;

namespace Tongxin.Platform.Data.Migrations;

[Migration("M20261122_002_Devices")]
internal sealed class M20261122_002_Devices : TongxinMigration
{
    protected override void Change()
    {
        Table("platform_devices", t =>
        {
            t.Id();
            t.Guid("account_id", "platform_accounts");
            t.Text("name");
            t.Text("kind");
            t.Bytes("token_hash");
            t.Text("stamp", nullable: true);
            t.Instant("enrolled_at");
            t.Instant("lease_until");
            t.Instant("last_seen_at", nullable: true);
            t.Instant("revoked_at", nullable: true);
            t.Guid("revoked_by", nullable: true);
            t.Text("revoked_why", nullable: true);
        });
        Unique("platform_devices", "token_hash");
        Index("platform_devices", "account_id");
    }
}
