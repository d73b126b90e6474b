using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Tubes.Data.Migrations;

[Migration("M20261122_085_Tubes")]
internal sealed class M20261122_085_Tubes : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_tube_facts", t =>
        {
            t.Id();
            t.Guid("round_id");
            t.Text("tube_code");
            t.Text("kind");
            t.Instant("seen_at");
            t.Instant("received_at");
            t.Guid("device_id", nullable: true);
            t.Guid("account_id");
            t.Guid("by_id", nullable: true);
            t.Guid("witness_id", nullable: true);
            t.Guid("corrects", nullable: true);
            t.Text("purpose", nullable: true);
            t.Int("size", nullable: true);
            t.Guid("site_id", nullable: true);
            t.Guid("table_id", nullable: true);
            t.Guid("sampler_id", nullable: true);
            t.Text("recheck_of", nullable: true);
            t.Guid("person_id", nullable: true);
            t.Guid("household_id", nullable: true);
            t.Int("most_with", nullable: true);
            t.Int("members", nullable: true);
            t.Text("box_code", nullable: true);
            t.Text("result", nullable: true);
            t.Int("result_version", nullable: true);
            t.Text("reason", nullable: true);
        });
        Index("screening_tube_facts", "tube_code");
        Sql("CREATE INDEX ix_screening_tube_facts_round_id_person_id ON screening_tube_facts (round_id, person_id) WHERE person_id IS NOT NULL");

        Table("screening_tubes", t =>
        {
            t.Text("code");
            t.Guid("round_id", nullable: true);
            t.Guid("site_id", nullable: true);
            t.Guid("table_id", nullable: true);
            t.Guid("sampler_id", nullable: true);
            t.Text("purpose");
            t.Int("size");
            t.Text("recheck_of", nullable: true);
            t.Text("stage");
            t.Text("verdict", nullable: true);
            t.Int("members");
            t.Int("contested");
            t.Int("count_at_closing", nullable: true);
            t.Instant("opened_at", nullable: true);
            t.Instant("closed_at", nullable: true);
            t.Text("box_code", nullable: true);
            t.Bool("is_collided");
            t.Bool("is_in_doubt");
            t.Int("result_version");
            t.Instant("result_at", nullable: true);
            t.Text("flags", nullable: true);
            t.Instant("changed_at");
            t.Key("code");
        });
        Index("screening_tubes", "round_id", "stage");

        Table("screening_tests", t =>
        {
            t.Guid("round_id");
            t.Guid("person_id");
            t.Text("status");
            t.Text("counted_in", nullable: true);
            t.Instant("sampled_at", nullable: true);
            t.Text("decided_by", nullable: true);
            t.Instant("decided_sample_at", nullable: true);
            t.Text("recheck_because", nullable: true);
            t.Text("recheck_in", nullable: true);
            t.Bool("is_in_two_tubes");
            t.Bool("is_contested");
            t.Instant("since");
            t.Guid("round_fact_id", nullable: true);
            t.Instant("round_fact_at", nullable: true);
            t.Key("round_id", "person_id");
        });
        Index("screening_tests", "round_id", "status");
        Index("screening_tests", "person_id");
    }
}
