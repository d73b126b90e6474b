using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Access.Data.Migrations;

[Migration("M20261122_031_Passes")]
internal sealed class M20261122_031_Passes : TongxinMigration
{
    protected override void Change()
    {
        Table("access_passes", t =>
        {
            t.Id();
            t.Guid("person_id");
            t.Text("name");
            t.Text("colour");
            t.Text("reason");
            t.Text("edition_id", nullable: true);
            t.Text("key_id");
            t.Instant("issued_at");
            t.Instant("expires_at");
            t.Text("text");
            t.Instant("revoked_at", nullable: true);
            t.Text("revoked_why", nullable: true);
        });
        Index("access_passes", "person_id", "expires_at");
        Index("access_passes", "expires_at");

        Table("access_pass_keys", t =>
        {
            t.Id();
            t.Text("key_id");
            t.Text("use");
            t.Bytes("public_info");
            t.Bytes("private_sealed");
            t.Instant("from");
            t.Instant("signs_until");
            t.Instant("until");
            t.Text("withdrawn_why", nullable: true);
            t.Version();
        });
        Unique("access_pass_keys", "key_id");

        Table("access_pass_links", t =>
        {
            t.Id();
            t.Guid("person_id");
            t.Bytes("secret_index");
            t.Instant("made_at");
            t.Guid("made_by");
            t.Instant("revoked_at", nullable: true);
        });
        Unique("access_pass_links", "secret_index");
        Index("access_pass_links", "person_id");
    }
}
