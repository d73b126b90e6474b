using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Workforce.Data.Migrations;

[Migration("M20261121_020_Workforce")]
internal sealed class M20261121_020_Workforce : TongxinMigration
{
    protected override void Change()
    {
        Table("workforce_teams", t =>
        {
            t.Id();
            t.Text("name");
            t.Guid("unit_id", nullable: true);
            t.Day("starts_on");
            t.Day("ends_on", nullable: true);
            t.Version();
        });
        Index("workforce_teams", "unit_id");

        Table("workforce_memberships", t =>
        {
            t.Id();
            t.Guid("team_id", "workforce_teams");
            t.Guid("person_id");
            t.Text("role");
            t.Instant("from");
            t.Instant("until", nullable: true);
        });
        // One captain at a time: the database's rule, not only the page's.
        UniqueWhere("workforce_memberships", "role = 'Captain' AND until IS NULL", "team_id");
        UniqueWhere("workforce_memberships", "until IS NULL", "team_id", "person_id");
        Index("workforce_memberships", "person_id");

        Table("workforce_volunteers", t =>
        {
            t.Id();
            t.Guid("person_id");
            t.Bool("can_lead");
            t.Bool("party_member");
            t.Instant("offered_at");
            t.Instant("withdrawn_at", nullable: true);
            t.Version();
        });
        Unique("workforce_volunteers", "person_id");
    }
}
