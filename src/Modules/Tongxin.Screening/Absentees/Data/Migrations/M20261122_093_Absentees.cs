using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Absentees.Data.Migrations;

[Migration("M20261122_093_Absentees")]
internal sealed class M20261122_093_Absentees : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_absent_steps", t =>
        {
            t.Id();
            t.Guid("round_id", "screening_rounds");
            t.Guid("person_id");
            t.Instant("at");
            t.Guid("account_id");
            t.Guid("by_id", nullable: true);
            t.Text("channel");
            t.Text("contact", nullable: true);
            t.Text("arrangement", nullable: true);
            t.Text("reason", nullable: true);
            t.Text("words", nullable: true);
            t.Guid("responsible_id", nullable: true);
            t.Instant("due_at", nullable: true);
        });
        Index("screening_absent_steps", "round_id", "person_id");
    }
}
