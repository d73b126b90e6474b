using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Grid.Data.Migrations;

[Migration("M20261121_031_Rounds")]
internal sealed class M20261121_031_Rounds : TongxinMigration
{
    protected override void Change()
    {
        Table("grid_rounds", t =>
        {
            t.Id();
            t.Text("number");
            t.Text("kind");
            t.Text("title");
            t.Instant("opened_at");
            t.Guid("opened_by");
            t.Instant("due_at");
            t.Instant("closed_at", nullable: true);
            t.Guid("closed_by", nullable: true);
            t.Text("close_reason", nullable: true);
            t.Text("policy");
            t.Version();
        });
        Unique("grid_rounds", "number");

        Table("grid_round_targets", t =>
        {
            t.Guid("round_id", "grid_rounds");
            t.Guid("target_id");
            t.Text("kind");
            t.Guid("cell_id", "grid_cells");
            t.Guid("place_id");
            t.Text("place_path");
            t.Text("label");
            t.Text("sort_key");
            t.Text("code");
            t.Text("status");
            t.Text("result", nullable: true);
            t.Guid("decided_by", nullable: true);
            t.Text("reason", nullable: true);
            t.Int("attempts");
            t.Int("misses");
            t.Bool("is_escalated");
            t.Instant("last_seen_at", nullable: true);
            t.Instant("next_from", nullable: true);
            t.Instant("next_until", nullable: true);
            t.Text("next_band", nullable: true);
            t.Text("next_reason", nullable: true);
            t.Text("review", nullable: true);
            t.Text("conflicts", nullable: true);
            t.Text("flags", nullable: true);
            t.Int("closed_slot", nullable: true);
            t.Guid("reviewed_outcome", nullable: true);
            t.Guid("reviewed_by", nullable: true);
            t.Instant("reviewed_at", nullable: true);
            t.Version();
            t.Key("round_id", "target_id");
        });
        Index("grid_round_targets", "target_id");
        Unique("grid_round_targets", "code");
        Index("grid_round_targets", "round_id", "place_id", "cell_id", "status", "result", "is_escalated");
        Index("grid_round_targets", "round_id", "cell_id", "sort_key");
        Index("grid_round_targets", "round_id", "sort_key");
        Index("grid_round_targets", "round_id", "closed_slot");

        Table("grid_round_outcomes", t =>
        {
            t.Id();
            t.Guid("round_id", "grid_rounds");
            t.Guid("target_id");
            t.Text("kind");
            t.Text("channel");
            t.Instant("seen_at");
            t.Instant("received_at");
            t.Guid("by", nullable: true);
            t.Guid("account_id", nullable: true);
            t.Guid("corrects", nullable: true);
            t.Text("reason", nullable: true);
            t.Text("answers_digest", nullable: true);
            t.Bytes("detail", nullable: true);
        });
        Index("grid_round_outcomes", "round_id", "target_id");
        AppendOnly();

        Table("grid_round_reviews", t =>
        {
            t.Id();
            t.Guid("round_id", "grid_rounds");
            t.Guid("target_id");
            t.Guid("outcome_id");
            t.Guid("by");
            t.Instant("at");
            t.Text("note", nullable: true);
        });
        Index("grid_round_reviews", "round_id", "target_id");

        Table("grid_report_tries", t =>
        {
            t.Text("key");
            t.Int("failures");
            t.Instant("since");
            t.Key("key");
        });
    }

    /// <summary>An outcome is never changed: the database says so too. Deleting is left to the purge at the end of an emergency.</summary>
    private void AppendOnly()
    {
        if (IsSqlite)
        {
            Sql("""
                CREATE TRIGGER grid_outcome_stays BEFORE UPDATE ON grid_round_outcomes BEGIN
                    SELECT RAISE(ABORT, 'an outcome is corrected by a further outcome');
                END;
                """);
            return;
        }
        Sql("""
            CREATE FUNCTION grid_outcome_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'an outcome is corrected by a further outcome' USING ERRCODE = 'check_violation';
            END $$;
            CREATE TRIGGER grid_outcome_stays BEFORE UPDATE ON grid_round_outcomes
                FOR EACH ROW EXECUTE FUNCTION grid_outcome_stays();
            """);
    }
}
