using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.HomeVisits.Data.Migrations;

[Migration("M20261122_095_HomeVisits")]
internal sealed class M20261122_095_HomeVisits : TongxinMigration
{
    protected override void Change() => Table("screening_home_visits", t =>
    {
        t.Guid("round_id", "screening_rounds");
        t.Guid("person_id");
        t.Int("team");
        t.Int("stop");
        t.Instant("from");
        t.Instant("until");
        t.Instant("set_at");
        t.Guid("set_by");
        t.Version();
        t.Key("round_id", "person_id");
    });
}
