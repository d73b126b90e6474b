using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.People.Data.Migrations;

[Migration("M20261121_011_Import")]
internal sealed class M20261121_011_Import : TongxinMigration
{
    protected override void Change()
    {
        Table("people_import_batches", t =>
        {
            t.Id();
            t.Guid("file_id");
            t.Text("file_name");
            t.Guid("owner_id");
            t.Instant("uploaded_at");
            t.Text("state");
            t.Int("sheet_index");
            t.Int("first_data_row");
            t.Text("columns");
            t.Bool("complete_roll");
            t.Text("campus", nullable: true);
            t.Guid("job_id", nullable: true);
            t.Int("rows_in");
            t.Int("new_count");
            t.Int("changed_count");
            t.Int("unchanged_count");
            t.Int("moved_out_count");
            t.Int("duplicate_count");
            t.Int("rejected_count");
            t.Int("remark_count");
            t.Instant("committed_at", nullable: true);
            t.Version();
        });
        Index("people_import_batches", "uploaded_at");

        Table("people_import_findings", t =>
        {
            t.Id();
            t.Guid("batch_id", "people_import_batches");
            t.Int("row_number");
            t.Text("kind");
            t.Text("address", nullable: true);
            t.Text("code", nullable: true);
            t.Text("arg", nullable: true);
            t.Text("fields", nullable: true);
            t.Bytes("shown_sealed", nullable: true);
            t.Guid("person_id", nullable: true);
        });
        Index("people_import_findings", "batch_id", "kind", "row_number");
    }
}
