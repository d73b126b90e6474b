using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Workforce.Data.Migrations;

[Migration("M20261121_021_Rosters")]
internal sealed class M20261121_021_Rosters : TongxinMigration
{
    protected override void Change()
    {
        Posts();
        Rosters();
        People();
    }

    private void Posts()
    {
        Table("workforce_posts", t =>
        {
            t.Id();
            t.Text("name");
            t.Guid("place_id", nullable: true);
            t.Text("spot", nullable: true);
            t.Guid("unit_id", nullable: true);
            t.Text("duty_code");
            t.Text("role");
            t.Bool("is_around_the_clock");
            t.Bool("wants_experience");
            t.Text("skills_text");
            t.Text("checklist_text");
            t.Text("issue_text");
            t.Text("task", nullable: true);
            t.Text("contact", nullable: true);
            t.Text("handover", nullable: true);
            t.Instant("archived_at", nullable: true);
            t.Version();
        });
        UniqueWhere("workforce_posts", "archived_at IS NULL", "name");

        Table("workforce_shift_templates", t =>
        {
            t.Id();
            t.Guid("post_id", "workforce_posts");
            t.Text("mark");
            t.Int("starts_at");
            t.Int("minutes");
            t.Int("weekdays");
            t.Int("needed");
            t.Int("wished");
            t.Bool("is_night");
            t.Instant("removed_at", nullable: true);
        });
        Index("workforce_shift_templates", "post_id");
    }

    private void Rosters()
    {
        Table("workforce_rosters", t =>
        {
            t.Id();
            t.Guid("series_id");
            t.Int("number");
            t.Guid("from_id", nullable: true);
            t.Text("name");
            t.Day("first_day");
            t.Int("days");
            t.Text("state");
            t.Text("settings_text");
            t.Guid("job_id", nullable: true);
            t.Text("result_text", nullable: true);
            t.Instant("solved_at", nullable: true);
            t.Guid("created_by");
            t.Instant("created_at");
            t.Guid("published_by", nullable: true);
            t.Instant("published_at", nullable: true);
            t.Instant("ended_at", nullable: true);
            t.Text("ended_why", nullable: true);
            t.Version();
        });
        Unique("workforce_rosters", "series_id", "number");
        // At most one version of a roster is in force: the database's rule when two publish at once.
        UniqueWhere("workforce_rosters", "state = 'Published'", "series_id");
        Index("workforce_rosters", "first_day");

        Table("workforce_roster_members", t =>
        {
            t.Guid("roster_id", "workforce_rosters");
            t.Guid("person_id");
            t.Bool("is_experienced");
            t.Int("share");
            t.Int("max_hours", nullable: true);
            t.Key("roster_id", "person_id");
        });
        Index("workforce_roster_members", "person_id");

        Table("workforce_duties", t =>
        {
            t.Id();
            t.Guid("series_id", "workforce_rosters");
            t.Guid("post_id", "workforce_posts");
            t.Guid("template_id", "workforce_shift_templates");
            t.Day("day");
            t.Instant("starts");
            t.Instant("ends");
            t.Text("mark");
            t.Int("needed");
            t.Int("wished");
            t.Bool("is_night");
        });
        Unique("workforce_duties", "series_id", "template_id", "day");
        Index("workforce_duties", "post_id", "starts");
        Index("workforce_duties", "starts");

        Table("workforce_turns", t =>
        {
            t.Id();
            t.Guid("roster_id", "workforce_rosters");
            t.Guid("duty_id", "workforce_duties");
            t.Guid("person_id");
            t.Bool("is_locked");
            t.Bool("is_reserve");
            t.Text("state");
            t.Instant("state_at", nullable: true);
            t.Version();
        });
        Unique("workforce_turns", "roster_id", "duty_id", "person_id");
        Index("workforce_turns", "duty_id");
        Index("workforce_turns", "person_id");
    }

    private void People()
    {
        Table("workforce_skills", t =>
        {
            t.Id();
            t.Guid("person_id");
            t.Text("skill");
            t.Day("valid_through", nullable: true);
            t.Text("proof", nullable: true);
        });
        Unique("workforce_skills", "person_id", "skill");

        Table("workforce_unavailability", t =>
        {
            t.Id();
            t.Guid("person_id");
            t.Instant("from");
            t.Instant("to");
            t.Text("source");
        });
        Index("workforce_unavailability", "person_id", "from");

        Table("workforce_fatigue_overrides", t =>
        {
            t.Id();
            t.Guid("series_id", "workforce_rosters");
            t.Guid("person_id");
            t.Day("day");
            t.Int("minutes");
            t.Guid("approval_id");
            t.Instant("granted_at");
        });
        Unique("workforce_fatigue_overrides", "series_id", "person_id", "day");
    }
}
