using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Workforce.Data.Migrations;

[Migration("M20261122_025_Wishes")]
internal sealed class M20261122_025_Wishes : TongxinMigration
{
    protected override void Change()
    {
        Table("workforce_wish_windows", t =>
        {
            t.Guid("series_id", "workforce_rosters");
            t.Instant("opened_at");
            t.Instant("closes_at");
            t.Version();
            t.Key("series_id");
        });

        Table("workforce_wishes", t =>
        {
            t.Id();
            t.Guid("series_id", "workforce_rosters");
            t.Guid("person_id");
            t.Day("day");
            t.Int("starts_at");
            t.Int("minutes");
            t.Bool("is_on");
        });
        Unique("workforce_wishes", "series_id", "person_id", "day", "starts_at", "minutes");
        Index("workforce_wishes", "person_id");
    }
}
