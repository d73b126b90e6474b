using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Access.Gates.Data.Migrations;

[Migration("M20261122_075_Retention")]
internal sealed class M20261122_075_Retention : TongxinMigration
{
    protected override void Change()
    {
        Table("access_traces", t =>
        {
            t.Id();
            t.Guid("gate_id", "access_gates");
            t.Instant("from");
            t.Instant("until");
            t.Text("case_ref");
            t.Bytes("purpose_sealed");
            t.Guid("account_id");
            t.Instant("asked_at");
            t.Text("state");
            t.Instant("decided_at", nullable: true);
            t.Instant("expires_at", nullable: true);
            t.Instant("kept_until", nullable: true);
            t.Int("passages");
            t.Version();
        });
        Index("access_traces", "account_id", "asked_at");

        Table("access_trace_passages", t =>
        {
            t.Guid("trace_id", "access_traces");
            t.Guid("scan_id");
            t.Key("trace_id", "scan_id");
        });
        Index("access_trace_passages", "scan_id");

        Table("access_deletions", t =>
        {
            t.Id();
            t.Day("day");
            t.Instant("due_at");
            t.Instant("started_at");
            t.Instant("done_at", nullable: true);
            t.Instant("before");
            t.Instant("oldest_at", nullable: true);
            t.Instant("youngest_at", nullable: true);
            t.Int("passages");
            t.Int("notes");
            t.Int("uses");
            t.Int("kept");
            t.Bytes("hash");
            t.Version();
        });
        Unique("access_deletions", "day");
    }
}
