using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Grid.Data.Migrations;

[Migration("M20261121_032_TeamProposals")]
internal sealed class M20261121_032_TeamProposals : TongxinMigration
{
    protected override void Change()
    {
        Column("grid_cells", t => t.Instant("ended_at", nullable: true));

        Table("grid_cell_conflicts", t =>
        {
            t.Id();
            t.Guid("household_id");
            t.Guid("from_cell_id");
            t.Guid("to_cell_id");
            t.Guid("from_place_id");
            t.Guid("to_place_id");
            t.Instant("at");
            t.Instant("settled_at", nullable: true);
            t.Guid("settled_by", nullable: true);
            t.Version();
        });
        Index("grid_cell_conflicts", "settled_at");
        Index("grid_cell_conflicts", "household_id");

        Table("grid_team_proposals", t =>
        {
            t.Id();
            t.Text("state");
            t.Text("request");
            t.Text("answer", nullable: true);
            t.Text("fingerprint", nullable: true);
            t.Guid("job_id", nullable: true);
            t.Guid("created_by");
            t.Instant("created_at");
            t.Instant("decided_at", nullable: true);
            t.Guid("decided_by", nullable: true);
            t.Version();
        });
        Index("grid_team_proposals", "created_at");
    }
}
