using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Access.Data.Migrations;

[Migration("M20261122_030_Restrictions")]
internal sealed class M20261122_030_Restrictions : TongxinMigration
{
    protected override void Change()
    {
        Table("access_measures", t =>
        {
            t.Id();
            t.Guid("batch_id");
            t.Guid("person_id");
            t.Text("kind");
            t.Text("evidence_module");
            t.Guid("evidence_id");
            t.Text("edition_id");
            t.Text("basis");
            t.Bytes("least_sealed", nullable: true);
            t.Instant("from", nullable: true);
            t.Instant("until");
            t.Text("state");
            t.Instant("asked_at");
            t.Guid("asked_by");
            t.Guid("asked_by_person", nullable: true);
            t.Guid("asked_by_unit", nullable: true);
            t.Guid("approval_id");
            t.Guid("decided_by", nullable: true);
            t.Guid("decided_by_person", nullable: true);
            t.Guid("decided_by_unit", nullable: true);
            t.Instant("over_at", nullable: true);
            t.Bytes("seal");
            t.Version();
        });
        Index("access_measures", "person_id", "state");
        Index("access_measures", "approval_id");
        Index("access_measures", "asked_at");
        UniqueWhere("access_measures", RestrictionsModel.Open, "person_id", "kind");

        Table("access_measure_events", t =>
        {
            t.Id();
            t.Guid("measure_id", "access_measures");
            t.Text("step");
            t.Instant("at");
            t.Int("late_seconds");
            t.Guid("by_account");
            t.Guid("by_unit", nullable: true);
            t.Bytes("reason_sealed", nullable: true);
            t.Instant("until");
        });
        Index("access_measure_events", "measure_id");
        Index("access_measure_events", "at");

        Table("access_requesters", t =>
        {
            t.Id();
            t.Instant("last_at");
        });

        Table("access_evidence", t =>
        {
            t.Id();
            t.Guid("person_id");
            t.Text("kind");
            t.Text("reference");
            t.Guid("file_id");
            t.Text("content_hash");
            t.Instant("recorded_at");
            t.Guid("recorded_by");
        });
        Index("access_evidence", "person_id");

        Table("access_protocol_periods", t =>
        {
            t.Id();
            t.Text("edition_id");
            t.Instant("from");
            t.Instant("until", nullable: true);
            t.Guid("started_by");
            t.Guid("start_approved_by");
            t.Guid("ended_by", nullable: true);
            t.Guid("end_approved_by", nullable: true);
            t.Text("why");
            t.Version();
        });
        Unique("access_protocol_periods", "from");

        Table("access_appeals", t =>
        {
            t.Id();
            t.Guid("measure_id", "access_measures");
            t.Guid("person_id");
            t.Bytes("text_sealed");
            t.Text("way");
            t.Guid("submitted_by", nullable: true);
            t.Instant("submitted_at");
            t.Text("state");
            t.Instant("due_at");
            t.Guid("handled_by", nullable: true);
            t.Guid("handled_by_person", nullable: true);
            t.Guid("handled_by_unit", nullable: true);
            t.Instant("answered_at", nullable: true);
            t.Bytes("answer_sealed", nullable: true);
            t.Bool("is_corrected", nullable: true);
            t.Bytes("review_text_sealed", nullable: true);
            t.Instant("review_asked_at", nullable: true);
            t.Guid("reviewed_by", nullable: true);
            t.Bytes("review_answer_sealed", nullable: true);
            t.Instant("closed_at", nullable: true);
            t.Instant("late_told_at", nullable: true);
            t.Version();
        });
        UniqueWhere("access_appeals", RestrictionsModel.Waiting, "measure_id");
        Index("access_appeals", "person_id");
        Index("access_appeals", "state", "due_at");

        Table("access_appeal_events", t =>
        {
            t.Id();
            t.Guid("appeal_id", "access_appeals");
            t.Text("state");
            t.Instant("at");
            t.Guid("by_account", nullable: true);
            t.Guid("by_unit", nullable: true);
        });
        Index("access_appeal_events", "appeal_id");

        Table("access_notices", t =>
        {
            t.Id();
            t.Guid("person_id");
            t.Text("key");
            t.Instant("at");
            t.Bytes("body_sealed");
            t.Instant("seen_at", nullable: true);
        });
        Unique("access_notices", "key");
        Index("access_notices", "person_id");

        Table("access_alarms", t =>
        {
            t.Id();
            t.Text("kind");
            t.Text("key");
            t.Instant("at");
            t.Instant("last_at");
            t.Int("times");
            t.Guid("by_account", nullable: true);
            t.Text("details");
            t.Instant("seen_at", nullable: true);
            t.Guid("seen_by", nullable: true);
            t.Text("remark", nullable: true);
            t.Version();
        });
        Unique("access_alarms", "key");
        Index("access_alarms", "at");
    }
}
