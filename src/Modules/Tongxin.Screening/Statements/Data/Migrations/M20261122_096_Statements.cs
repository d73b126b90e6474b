using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Statements.Data.Migrations;

[Migration("M20261122_096_Statements")]
internal sealed class M20261122_096_Statements : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_statements", t =>
        {
            t.Id();
            t.Guid("round_id", "screening_rounds");
            t.Int("number");
            t.Day("day");
            t.Instant("as_of");
            t.Guid("signed_by");
            t.Text("signed_name");
            t.Text("body");
            t.Text("digest");
        });
        Unique("screening_statements", "round_id", "number");
    }
}
