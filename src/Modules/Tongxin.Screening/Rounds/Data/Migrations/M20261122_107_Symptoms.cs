using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Rounds.Data.Migrations;

[Migration("M20261122_107_Symptoms")]
internal sealed class M20261122_107_Symptoms : TongxinMigration
{
    protected override void Change() => Table("screening_symptoms", t =>
    {
        t.Guid("round_id", "screening_rounds");
        t.Guid("person_id");
        t.Instant("at");
        t.Guid("account_id");
        t.Guid("by_id");
        t.Text("lane_before");
        t.Key("round_id", "person_id");
    });
}
