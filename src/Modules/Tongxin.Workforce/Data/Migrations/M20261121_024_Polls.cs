using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Workforce.Data.Migrations;

[Migration("M20261121_024_Polls")]
internal sealed class M20261121_024_Polls : TongxinMigration
{
    protected override void Change()
    {
        Table("workforce_polls", t =>
        {
            t.Id();
            t.Text("title");
            t.Day("first_day");
            t.Int("days");
            t.Text("bands_text");
            t.Guid("team_id", nullable: true);
            t.Guid("call_id", nullable: true);
            t.Instant("opened_at");
            t.Instant("closes_at");
            t.Version();
        });

        Table("workforce_poll_people", t =>
        {
            t.Id();
            t.Guid("poll_id", "workforce_polls");
            t.Guid("person_id");
            t.Instant("answered_at", nullable: true);
            t.Text("answer");
            t.Version();
        });
        Unique("workforce_poll_people", "poll_id", "person_id");
        Index("workforce_poll_people", "person_id");
    }
}
