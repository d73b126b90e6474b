using Microsoft.EntityFrameworkCore.Migrations;

namespace Tongxin.Platform.Data.Migrations;

[Migration("M20261121_001_PlatformServices")]
internal sealed class M20261121_001_PlatformServices : TongxinMigration
{
    protected override void Change()
    {
        Table("platform_journal_head", t =>
        {
            t.Int("id");
            t.Long("count");
            t.Bytes("hash");
            t.Bytes("mac");
            t.Instant("sealed_at");
            t.Key("id");
        });

        Column("platform_outbox", t => t.Instant("parked_at", nullable: true));

        Table("platform_jobs", t =>
        {
            t.Id();
            t.Text("kind");
            t.Text("title");
            t.Text("payload");
            t.Guid("owner_id");
            t.Text("actor");
            t.Text("state");
            t.Long("done");
            t.Long("total");
            t.Text("message", nullable: true);
            t.Bool("cancel_asked");
            t.Instant("created_at");
            t.Instant("started_at", nullable: true);
            t.Instant("finished_at", nullable: true);
            t.Text("error_code", nullable: true);
            t.Text("error_args", nullable: true);
            t.Text("href", nullable: true);
        });
        Index("platform_jobs", "owner_id", "created_at");
        Index("platform_jobs", "finished_at");

        Table("platform_approvals", t =>
        {
            t.Id();
            t.Text("kind");
            t.Text("title_key");
            t.Text("title_args");
            t.Guid("subject_id", nullable: true);
            t.Text("payload");
            t.Text("why");
            t.Instant("requested_at");
            t.Guid("requested_by");
            t.Guid("requested_by_person", nullable: true);
            t.Guid("requested_by_unit", nullable: true);
            t.Instant("expires_at");
            t.Text("state");
            t.Instant("decided_at", nullable: true);
            t.Guid("decided_by", nullable: true);
            t.Guid("decided_by_person", nullable: true);
            t.Guid("decided_by_unit", nullable: true);
            t.Text("decision_why", nullable: true);
            t.Version();
        });
        Index("platform_approvals", "state", "expires_at");
        Index("platform_approvals", "subject_id");

        Table("platform_files", t =>
        {
            t.Id();
            t.Text("name");
            t.Text("media_type");
            t.Long("size");
            t.Text("purpose");
            t.Guid("owner_id");
            t.Instant("created_at");
            t.Instant("expires_at");
        });
        Index("platform_files", "expires_at");
    }
}
