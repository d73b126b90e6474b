using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.People.Data.Migrations;

/// <summary>
/// Entries that may be one person, kept as rows; those of a register that is already there are found here once. And one index by
/// household for who lives there now and who ever did, where there were two and SQLite chose the one that does not say it by itself.
/// </summary>
[Migration("M20261121_017_AlikeAndDoors")]
internal sealed class M20261121_017_AlikeAndDoors : TongxinMigration
{
    private const string Live = "a.merged_into_id IS NULL AND b.merged_into_id IS NULL AND a.id < b.id";
    private const string MayBeOne = "(a.document_index IS NULL OR b.document_index IS NULL) AND (a.number IS NULL OR b.number IS NULL)";

    protected override void Change()
    {
        Sql("DROP INDEX ix_people_residencies_household_id");
        Sql("DROP INDEX ix_people_residencies_current");
        Index("people_residencies", "household_id", "until", "person_id");

        Table("people_alike", t =>
        {
            t.Guid("one_id", "people_persons");
            t.Guid("other_id", "people_persons");
            t.Text("reason");
            t.Key("one_id", "other_id");
        });
        Index("people_alike", "other_id");

        // The surest first: a pair keeps its first reason.
        Sql($"""
            INSERT INTO people_alike (one_id, other_id, reason)
            SELECT a.id, b.id, 'PhoneAndName' FROM people_persons a JOIN people_persons b ON a.phone_index = b.phone_index AND a.name_folded = b.name_folded
            WHERE {Live}
            ON CONFLICT DO NOTHING
            """);
        Sql($"""
            INSERT INTO people_alike (one_id, other_id, reason)
            SELECT a.id, b.id, 'NameAndBirth' FROM people_persons a JOIN people_persons b ON a.name_folded = b.name_folded AND a.birth_date = b.birth_date
            WHERE {Live} AND {MayBeOne}
            ON CONFLICT DO NOTHING
            """);
        // How a name sounds is not known here: the same initials stand for it, and the page looks again.
        Sql($"""
            INSERT INTO people_alike (one_id, other_id, reason)
            SELECT a.id, b.id, CASE WHEN a.name_folded = b.name_folded THEN 'SameHome' ELSE 'NearNames' END
            FROM people_residencies ra JOIN people_residencies rb ON rb.household_id = ra.household_id
            JOIN people_persons a ON a.id = ra.person_id JOIN people_persons b ON b.id = rb.person_id
            WHERE {Live} AND {MayBeOne} AND ra.until IS NULL AND rb.until IS NULL AND a.initials = b.initials AND a.sex = b.sex
                AND (a.birth_date IS NULL OR b.birth_date IS NULL OR a.birth_date = b.birth_date)
            ON CONFLICT DO NOTHING
            """);
    }
}
