using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Workforce.Data.Migrations;

[Migration("M20261121_023_Duties")]
internal sealed class M20261121_023_Duties : TongxinMigration
{
    protected override void Change()
    {
        Changes();
        Night();
        Persons();
    }

    private void Changes()
    {
        Table("workforce_swaps", t =>
        {
            t.Id();
            t.Guid("roster_id");
            t.Guid("turn_id", "workforce_turns");
            t.Guid("person_id");
            t.Text("note", nullable: true);
            t.Text("state");
            t.Instant("offered_at");
            t.Guid("other_turn_id", nullable: true);
            t.Guid("other_person_id", nullable: true);
            t.Instant("taken_at", nullable: true);
            t.Guid("decided_by", nullable: true);
            t.Instant("ended_at", nullable: true);
            t.Text("why", nullable: true);
            t.Version();
        });
        UniqueWhere("workforce_swaps", "state IN ('Open', 'Taken')", "turn_id");
        Index("workforce_swaps", "roster_id");

        Table("workforce_substitute_searches", t =>
        {
            t.Id();
            t.Guid("roster_id");
            t.Guid("turn_id", "workforce_turns");
            t.Guid("person_id");
            t.Text("why");
            t.Text("state");
            t.Instant("opened_at");
            t.Guid("opened_by");
            t.Guid("found_id", nullable: true);
            t.Instant("ended_at", nullable: true);
            t.Instant("last_asked_at", nullable: true);
            t.Int("asked_count");
            t.Version();
        });
        UniqueWhere("workforce_substitute_searches", "state = 'Open'", "turn_id");

        Table("workforce_substitute_asks", t =>
        {
            t.Id();
            t.Guid("search_id", "workforce_substitute_searches");
            t.Guid("person_id");
            t.Instant("asked_at");
            t.Instant("expires_at");
            t.Text("state");
            t.Instant("answered_at", nullable: true);
            t.Version();
        });
        Unique("workforce_substitute_asks", "search_id", "person_id");
        Index("workforce_substitute_asks", "person_id", "asked_at");
    }

    private void Night()
    {
        Table("workforce_attendance", t =>
        {
            t.Id();
            t.Guid("turn_id", "workforce_turns");
            t.Guid("duty_id", "workforce_duties");
            t.Guid("post_id");
            t.Guid("person_id");
            t.Text("kind");
            t.Text("source");
            t.Instant("at");
            t.Guid("by_account");
            t.Text("why", nullable: true);
        });
        Unique("workforce_attendance", "turn_id", "kind");
        Index("workforce_attendance", "duty_id");
        Index("workforce_attendance", "person_id", "at");

        Table("workforce_post_screens", t =>
        {
            t.Guid("post_id", "workforce_posts");
            t.Bytes("key_sealed");
            t.Bytes("address_index");
            t.Bytes("address_sealed");
            t.Instant("made_at");
            t.Version();
            t.Key("post_id");
        });
        Unique("workforce_post_screens", "address_index");

        Table("workforce_code_tries", t =>
        {
            t.Guid("person_id");
            t.Instant("since");
            t.Int("failures");
            t.Key("person_id");
        });

        Table("workforce_duty_reports", t =>
        {
            t.Id();
            t.Guid("duty_id", "workforce_duties");
            t.Instant("at");
            t.Text("source");
            t.Text("content");
            t.Text("action", nullable: true);
            t.Text("outcome", nullable: true);
            t.Guid("person_id");
            t.Instant("recorded_at");
        });
        Index("workforce_duty_reports", "duty_id");

        Table("workforce_handovers", t =>
        {
            t.Id();
            t.Guid("duty_id", "workforce_duties");
            t.Text("patrol", nullable: true);
            t.Text("open_items", nullable: true);
            t.Text("why_open", nullable: true);
            t.Text("checklist_text");
            t.Text("counts_text");
            t.Guid("given_by", nullable: true);
            t.Guid("given_by_account", nullable: true);
            t.Instant("given_at", nullable: true);
            t.Guid("taken_by", nullable: true);
            t.Guid("taken_by_account", nullable: true);
            t.Text("taken_by_name", nullable: true);
            t.Instant("taken_at", nullable: true);
            t.Version();
        });
        Unique("workforce_handovers", "duty_id");
    }

    private void Persons()
    {
        Table("workforce_duty_notes", t =>
        {
            t.Id();
            t.Text("key");
            t.Guid("person_id");
            t.Text("kind");
            t.Guid("turn_id");
            t.Instant("at");
            t.Instant("seen_at", nullable: true);
        });
        Unique("workforce_duty_notes", "key");
        Index("workforce_duty_notes", "person_id");

        Table("workforce_reminders", t =>
        {
            t.Guid("turn_id");
            t.Guid("person_id");
            t.Text("kind");
            t.Instant("due_at");
            t.Key("turn_id", "person_id", "kind");
        });

        Table("workforce_duty_feeds", t =>
        {
            t.Guid("person_id");
            t.Bytes("secret_index");
            t.Bytes("secret_sealed");
            t.Instant("made_at");
            t.Version();
            t.Key("person_id");
        });
        Unique("workforce_duty_feeds", "secret_index");

        Table("workforce_certificates", t =>
        {
            t.Id();
            t.Text("number");
            t.Guid("person_id");
            t.Day("from");
            t.Day("through");
            t.Int("turns");
            t.Int("minutes");
            t.Text("by_code_text");
            t.Instant("issued_at");
            t.Guid("issued_by");
        });
        Unique("workforce_certificates", "number");
        Index("workforce_certificates", "person_id");
    }
}
