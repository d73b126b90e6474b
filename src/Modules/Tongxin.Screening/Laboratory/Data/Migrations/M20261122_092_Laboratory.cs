using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Laboratory.Data.Migrations;

[Migration("M20261122_092_Laboratory")]
internal sealed class M20261122_092_Laboratory : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_lab_files", t =>
        {
            t.Id();
            t.Guid("round_id", "screening_rounds");
            t.Int("number");
            t.Text("file_name");
            t.Guid("file_id");
            t.Text("content_hash");
            t.Text("state");
            t.Text("columns");
            t.Int("declared", nullable: true);
            t.Int("rows_in");
            t.Int("new_count");
            t.Int("corrected_count");
            t.Int("known_count");
            t.Int("refused_count");
            t.Int("neg_count");
            t.Int("pos_count");
            t.Int("grey_count");
            t.Int("invalid_count");
            t.Instant("uploaded_at");
            t.Guid("uploaded_by");
            t.Instant("checked_at");
            t.Instant("published_at", nullable: true);
            t.Guid("published_by", nullable: true);
            t.Version();
        });
        Unique("screening_lab_files", "round_id", "number");

        Table("screening_lab_rows", t =>
        {
            t.Id();
            t.Guid("file_id", "screening_lab_files");
            t.Int("row_number");
            t.Text("tube_code");
            t.Text("round_text");
            t.Int("size", nullable: true);
            t.Int("members", nullable: true);
            t.Text("result", nullable: true);
            t.Int("result_version");
            t.Instant("reported_at", nullable: true);
            t.Bool("is_unreadable");
            t.Text("fate");
            t.Text("address", nullable: true);
            t.Text("code", nullable: true);
            t.Text("arg", nullable: true);
            t.Text("second_arg", nullable: true);
        });
        Index("screening_lab_rows", "file_id", "row_number");

        Table("screening_rechecks", t =>
        {
            t.Id();
            t.Guid("round_id", "screening_rounds");
            t.Guid("person_id");
            t.Guid("named_id", nullable: true);
            t.Text("tube_code");
            t.Int("place");
            t.Bool("is_in_two_tubes");
            t.Text("state");
            t.Instant("opened_at");
            t.Instant("state_at");
            t.Text("decided_by", nullable: true);
            t.Instant("due_at", nullable: true);
            t.Instant("rang_at", nullable: true);
            t.Int("failed_calls");
            t.Int("failed_visits");
            t.Instant("tried_at", nullable: true);
            t.Bool("was_reached", nullable: true);
            t.Instant("escalated_at", nullable: true);
            t.Text("judgement", nullable: true);
            t.Guid("judged_by", nullable: true);
            t.Instant("judged_at", nullable: true);
            t.Version();
        });
        Unique("screening_rechecks", "round_id", "person_id");
        Index("screening_rechecks", "person_id");
        Index("screening_rechecks", "due_at");

        Table("screening_recheck_steps", t =>
        {
            t.Id();
            t.Guid("recheck_id", "screening_rechecks");
            t.Instant("at");
            t.Text("kind");
            t.Guid("by_id", nullable: true);
            t.Text("what", nullable: true);
            t.Text("note", nullable: true);
        });
        Index("screening_recheck_steps", "recheck_id");
    }
}
