using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.People.Data.Migrations;

[Migration("M20261121_010_People")]
internal sealed class M20261121_010_People : TongxinMigration
{
    protected override void Change()
    {
        Table("people_places", t =>
        {
            t.Id();
            t.Guid("parent_id", "people_places", nullable: true);
            t.Text("kind");
            t.Text("name");
            t.Text("code");
            t.Text("path");
            t.Text("sort_key");
            t.Double("x", nullable: true);
            t.Double("y", nullable: true);
            t.Double("width", nullable: true);
            t.Double("height", nullable: true);
            t.Version();
        });
        Unique("people_places", "path");
        Index("people_places", "parent_id");

        Table("people_households", t =>
        {
            t.Id();
            t.Guid("place_id", "people_places");
            t.Text("place_path");
            t.Text("room_number");
            t.Text("label");
            t.Text("sort_key");
            t.Text("kind");
            t.Text("use");
            t.Version();
        });
        Unique("people_households", "place_id", "room_number");
        Index("people_households", "sort_key");
        Index("people_households", "label");

        Table("people_persons", t =>
        {
            t.Id();
            t.Text("name");
            t.Text("name_folded");
            t.Text("initials");
            t.Text("sort_key");
            t.Text("sex");
            t.Day("birth_date", nullable: true);
            t.Text("category");
            t.Text("number", nullable: true);
            t.Text("document_kind", nullable: true);
            t.Bytes("document_sealed", nullable: true);
            t.Bytes("document_index", nullable: true);
            t.Bytes("phone_sealed", nullable: true);
            t.Bytes("phone_index", nullable: true);
            t.Bytes("phone_tail_index", nullable: true);
            t.Text("note", nullable: true);
            t.Guid("merged_into_id", "people_persons", nullable: true);
            t.Instant("created_at");
            t.Version();
        });
        UniqueWhere("people_persons", "merged_into_id IS NULL", "number");
        UniqueWhere("people_persons", "merged_into_id IS NULL", "document_index");
        Index("people_persons", "phone_index");
        Index("people_persons", "phone_tail_index");
        Index("people_persons", "sort_key");
        Index("people_persons", "name_folded");
        Index("people_persons", "initials");
        Index("people_persons", "merged_into_id");

        Table("people_residencies", t =>
        {
            t.Id();
            t.Guid("person_id", "people_persons");
            t.Guid("household_id", "people_households");
            t.Text("relation");
            t.Text("bed", nullable: true);
            t.Day("from");
            t.Day("until", nullable: true);
        });
        UniqueWhere("people_residencies", "until IS NULL", "person_id", "household_id");
        Index("people_residencies", "household_id");

        Table("people_units", t =>
        {
            t.Id();
            t.Guid("parent_id", "people_units", nullable: true);
            t.Text("kind");
            t.Text("name");
            t.Text("path");
            t.Text("sort_key");
            t.Day("starts_on");
            t.Day("ends_on", nullable: true);
            t.Version();
        });
        Unique("people_units", "path");
        Index("people_units", "parent_id");

        Table("people_affiliations", t =>
        {
            t.Id();
            t.Guid("person_id", "people_persons");
            t.Guid("unit_id", "people_units");
            t.Text("role");
            t.Day("from");
            t.Day("until", nullable: true);
        });
        Index("people_affiliations", "person_id");
        Index("people_affiliations", "unit_id");

        Table("people_care_tags", t =>
        {
            t.Id();
            t.Guid("person_id", "people_persons");
            t.Text("kind");
            t.Text("purpose");
            t.Day("from");
            t.Day("expires_on");
            t.Guid("added_by");
            t.Instant("added_at");
        });
        Index("people_care_tags", "person_id");
        Index("people_care_tags", "expires_on");
    }
}
