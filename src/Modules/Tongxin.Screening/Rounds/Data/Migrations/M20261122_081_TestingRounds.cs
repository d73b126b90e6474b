using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Rounds.Data.Migrations;

[Migration("M20261122_081_TestingRounds")]
internal sealed class M20261122_081_TestingRounds : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_rounds", t =>
        {
            t.Id();
            t.Text("number");
            t.Text("title");
            t.Day("day");
            t.Instant("starts_at");
            t.Instant("ends_at");
            t.Int("pool_size");
            t.Instant("started_at", nullable: true);
            t.Guid("started_by", nullable: true);
            t.Text("start_reason", nullable: true);
            t.Instant("closed_at", nullable: true);
            t.Version();
        });
        Index("screening_rounds", "starts_at");

        Table("screening_members", t =>
        {
            t.Guid("round_id", "screening_rounds");
            t.Guid("person_id");
            t.Guid("household_id", nullable: true);
            t.Guid("place_id");
            t.Text("lane");
            t.Text("pool_class");
            t.Int("pool_size");
            t.Key("round_id", "person_id");
        });
        Index("screening_members", "person_id");
        Index("screening_members", "round_id", "place_id", "lane");
        Index("screening_members", "round_id", "household_id");

        Table("screening_round_sites", t =>
        {
            t.Guid("round_id", "screening_rounds");
            t.Guid("site_id", "screening_sites");
            t.Key("round_id", "site_id");
        });
        Index("screening_round_sites", "site_id");
    }
}
