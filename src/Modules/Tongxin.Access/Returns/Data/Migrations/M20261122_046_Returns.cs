using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Access.Returns.Data.Migrations;

[Migration("M20261122_046_Returns")]
internal sealed class M20261122_046_Returns : TongxinMigration
{
    protected override void Change()
    {
        Lists();
        Seasons();
        Records();
        Facts();
    }

    private void Lists()
    {
        Table("access_risk_lists", t =>
        {
            t.Id();
            t.Int("number");
            t.Day("as_of");
            t.Text("file_name");
            t.Text("source");
            t.Int("areas");
            t.Instant("imported_at");
            t.Guid("imported_by");
            t.Instant("in_force_at", nullable: true);
            t.Instant("discarded_at", nullable: true);
            t.Version();
        });
        Unique("access_risk_lists", "number");

        Table("access_risk_areas", t =>
        {
            t.Id();
            t.Guid("list_id", "access_risk_lists");
            t.Int("row_number");
            t.Text("code", nullable: true);
            t.Text("name");
            t.Text("level");
            t.Day("from_day");
            t.Day("until_day", nullable: true);
        });
        Unique("access_risk_areas", "list_id", "row_number");
    }

    private void Seasons()
    {
        Table("access_return_seasons", t =>
        {
            t.Id();
            t.Text("code");
            t.Text("title");
            t.Day("first_day");
            t.Day("last_day");
            t.Guid("place_id", nullable: true);
            t.Text("gate_name");
            t.Int("lanes");
            t.Int("rate_per_hour");
            t.Int("slot_minutes");
            t.Int("opens_minute");
            t.Int("closes_minute");
            t.Text("edition_id", nullable: true);
            t.Guid("risk_list_id", "access_risk_lists", nullable: true);
            t.Instant("opened_at");
            t.Instant("closed_at", nullable: true);
            t.Version();
        });
        Unique("access_return_seasons", "code");
        Index("access_return_seasons", "risk_list_id");

        Table("access_return_slots", t =>
        {
            t.Id();
            t.Guid("season_id", "access_return_seasons");
            t.Day("day");
            t.Int("start_minute");
            t.Int("minutes");
            t.Int("lanes");
            t.Int("capacity");
            t.Int("taken");
        });
        Unique("access_return_slots", "season_id", "day", "start_minute");

        Table("access_return_quotas", t =>
        {
            t.Id();
            t.Guid("season_id", "access_return_seasons");
            t.Guid("unit_id");
            t.Day("day");
            t.Int("places");
            t.Int("taken");
        });
        Unique("access_return_quotas", "season_id", "unit_id", "day");
    }

    private void Records()
    {
        Table("access_returns", t =>
        {
            t.Id();
            t.Guid("season_id", "access_return_seasons");
            t.Text("key");
            t.Guid("person_id", nullable: true);
            t.Text("name");
            t.Text("name_folded");
            t.Text("number");
            t.Bytes("phone_sealed", nullable: true);
            t.Bytes("phone_index", nullable: true);
            t.Guid("unit_id", nullable: true);
            t.Guid("college_id", nullable: true);
            t.Guid("household_id", nullable: true);
            t.Text("state");
            t.Text("channel");
            t.Bytes("journey_sealed", nullable: true);
            t.Day("arrives");
            t.Text("outcome", nullable: true);
            t.Text("regime", nullable: true);
            t.Text("reason_code", nullable: true);
            t.Day("until", nullable: true);
            t.Guid("ruling_id", nullable: true);
            t.Guid("slot_id", "access_return_slots", nullable: true);
            t.Instant("slot_starts", nullable: true);
            t.Instant("slot_ends", nullable: true);
            t.Instant("arrived_at", nullable: true);
            t.Text("triage", nullable: true);
            t.Day("observed_until", nullable: true);
            t.Text("observed_where", nullable: true);
            t.Instant("cleared_at", nullable: true);
            t.Bool("doubted");
            t.Bytes("code_index", nullable: true);
            t.Int("code_serial");
            t.Int("times");
            t.Instant("consent_at");
            t.Instant("created_at");
            t.Instant("changed_at");
            t.Version();
        });
        // One record a person and season: also for whoever presses twice at the same moment.
        Unique("access_returns", "season_id", "key");
        Index("access_returns", "season_id", "state");
        Index("access_returns", "season_id", "unit_id");
        Index("access_returns", "slot_id");
        Index("access_returns", "person_id");
        UniqueWhere("access_returns", "code_index IS NOT NULL", "code_index");

        Table("access_return_waits", t =>
        {
            t.Id();
            t.Guid("season_id");
            t.Guid("return_id", "access_returns");
            t.Guid("slot_id", "access_return_slots");
            t.Instant("at");
        });
        Unique("access_return_waits", "return_id");
        Index("access_return_waits", "slot_id", "at");
    }

    private void Facts()
    {
        Table("access_return_events", t =>
        {
            t.Id();
            t.Guid("return_id", "access_returns");
            t.Instant("at");
            t.Text("step", nullable: true);
            t.Text("note", nullable: true);
            t.Text("from");
            t.Text("to");
            t.Text("by");
            t.Guid("account_id", nullable: true);
            t.Text("who", nullable: true);
            t.Text("device", nullable: true);
            t.Text("why", nullable: true);
        });
        Index("access_return_events", "return_id", "at");

        Table("access_return_rulings", t =>
        {
            t.Id();
            t.Guid("return_id", "access_returns");
            t.Instant("at");
            t.Text("edition_id", nullable: true);
            t.Text("edition_hash", nullable: true);
            t.Guid("risk_list_id", nullable: true);
            t.Text("outcome");
            t.Text("regime", nullable: true);
            t.Text("reason_code");
            t.Text("citation", nullable: true);
            t.Day("until", nullable: true);
            t.Int("tests");
            t.Text("test_days");
            t.Bytes("lines_sealed", nullable: true);
        });
        Index("access_return_rulings", "return_id", "at");

        Table("access_return_notes", t =>
        {
            t.Id();
            t.Guid("return_id", "access_returns");
            t.Text("key");
            t.Text("what");
            t.Text("arg", nullable: true);
            t.Instant("at");
        });
        Unique("access_return_notes", "key");
        Index("access_return_notes", "return_id");
    }
}
