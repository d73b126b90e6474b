using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Plans.Data.Migrations;

[Migration("M20261122_088_Plans")]
internal sealed class M20261122_088_Plans : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_plans", t =>
        {
            t.Id();
            t.Guid("round_id", "screening_rounds");
            t.Int("number");
            t.Instant("made_at");
            t.Guid("made_by");
            t.Text("why", nullable: true);
            t.Text("body");
            t.Instant("published_at", nullable: true);
            t.Version();
        });
        Unique("screening_plans", "round_id", "number");
    }
}
