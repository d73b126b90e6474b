using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Sites.Data.Migrations;

[Migration("M20261122_080_Sites")]
internal sealed class M20261122_080_Sites : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_sites", t =>
        {
            t.Id();
            t.Text("name");
            t.Guid("place_id");
            t.Text("spot", nullable: true);
            t.Text("risk");
            t.Int("queue_room");
            t.Guid("lead_post_id", nullable: true);
            t.Guid("clerk_post_id", nullable: true);
            t.Instant("closed_at", nullable: true);
            t.Version();
        });
        Index("screening_sites", "place_id");
        UniqueWhere("screening_sites", "closed_at IS NULL", "name");

        Table("screening_tables", t =>
        {
            t.Id();
            t.Guid("site_id", "screening_sites");
            t.Int("number");
            t.Text("lane");
            t.Int("rate_per_hour");
            t.Instant("closed_at", nullable: true);
        });
        Unique("screening_tables", "site_id", "number");
    }
}
