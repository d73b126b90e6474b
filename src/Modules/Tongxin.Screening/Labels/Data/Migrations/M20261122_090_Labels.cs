using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Labels.Data.Migrations;

[Migration("M20261122_090_Labels")]
internal sealed class M20261122_090_Labels : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_label_runs", t =>
        {
            t.Id();
            t.Guid("round_id", "screening_rounds");
            t.Text("kind");
            t.Int("first");
            t.Int("count");
            t.Guid("made_by");
            t.Instant("made_at");
        });
        Unique("screening_label_runs", "kind", "first");
        Index("screening_label_runs", "round_id");
    }
}
