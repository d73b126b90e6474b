using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.SiteChecks.Data.Migrations;

[Migration("M20261122_101_SiteChecks")]
internal sealed class M20261122_101_SiteChecks : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_site_checks", t =>
        {
            t.Id();
            t.Guid("site_id", "screening_sites");
            t.Instant("slot");
            t.Text("item");
            t.Instant("at");
            t.Guid("account_id");
            t.Guid("person_id", nullable: true);
        });
        Unique("screening_site_checks", "site_id", "slot", "item");
    }
}
