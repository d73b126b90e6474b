using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.People.Data.Migrations;

[Migration("M20261121_012_PeopleExports")]
internal sealed class M20261121_012_PeopleExports : TongxinMigration
{
    protected override void Change()
    {
        Table("people_exports", t =>
        {
            t.Id();
            t.Guid("requested_by");
            t.Instant("requested_at");
            t.Text("query");
            t.Text("purpose");
            t.Int("rows");
            t.Text("state");
            t.Instant("expires_at", nullable: true);
            t.Version();
        });
        Index("people_exports", "requested_by", "requested_at");
    }
}
