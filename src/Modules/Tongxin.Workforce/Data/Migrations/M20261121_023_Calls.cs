using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Workforce.Data.Migrations;

[Migration("M20261121_023_Calls")]
internal sealed class M20261121_023_Calls : TongxinMigration
{
    protected override void Change()
    {
        Table("workforce_calls", t =>
        {
            t.Id();
            t.Text("code");
            t.Text("title");
            t.Text("purpose");
            t.Text("duties_text");
            t.Text("skills_text");
            t.Int("places");
            t.Instant("closes_at");
            t.Guid("unit_id", nullable: true);
            t.Instant("opened_at");
            t.Instant("closed_at", nullable: true);
            t.Version();
        });
        Unique("workforce_calls", "code");

        Table("workforce_applications", t =>
        {
            t.Id();
            t.Guid("call_id", "workforce_calls");
            t.Text("key");
            t.Guid("person_id", nullable: true);
            t.Text("name");
            t.Text("name_folded");
            t.Text("number", nullable: true);
            t.Bytes("phone_sealed", nullable: true);
            t.Bytes("phone_index", nullable: true);
            t.Text("category");
            t.Text("unit", nullable: true);
            t.Text("duties_text");
            t.Text("skills_text");
            t.Text("claims_text");
            t.Text("free_text");
            t.Text("home", nullable: true);
            t.Bool("party_member");
            t.Text("community", nullable: true);
            t.Instant("consent_at");
            t.Instant("created_at");
            t.Instant("changed_at");
            t.Int("times");
            t.Bytes("code_index", nullable: true);
            t.Text("verdict");
            t.Text("reason", nullable: true);
            t.Guid("decided_by", nullable: true);
            t.Instant("decided_at", nullable: true);
            t.Instant("told_at", nullable: true);
            t.Version();
        });
        // One application a person and call: also for whoever presses twice at the same moment.
        Unique("workforce_applications", "call_id", "key");
        Index("workforce_applications", "call_id", "verdict");
        Index("workforce_applications", "person_id");
        UniqueWhere("workforce_applications", "code_index IS NOT NULL", "code_index");

        Table("workforce_call_imports", t =>
        {
            t.Id();
            t.Guid("call_id", "workforce_calls");
            t.Guid("file_id");
            t.Text("file_name");
            t.Instant("uploaded_at");
            t.Text("state");
            t.Int("first_data_row");
            t.Text("columns");
            t.Guid("job_id", nullable: true);
            t.Int("rows_in");
            t.Int("new_count");
            t.Int("changed_count");
            t.Int("unchanged_count");
            t.Int("duplicate_count");
            t.Int("refused_count");
            t.Instant("committed_at", nullable: true);
            t.Version();
        });
        Index("workforce_call_imports", "call_id");

        Table("workforce_call_import_rows", t =>
        {
            t.Id();
            t.Guid("import_id", "workforce_call_imports");
            t.Int("row_number");
            t.Text("fate");
            t.Text("address", nullable: true);
            t.Text("code", nullable: true);
            t.Text("arg", nullable: true);
            t.Bytes("shown_sealed", nullable: true);
        });
        Index("workforce_call_import_rows", "import_id", "fate");
    }
}
