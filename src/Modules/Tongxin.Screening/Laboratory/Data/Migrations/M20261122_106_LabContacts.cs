using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Screening.Laboratory.Data.Migrations;

[Migration("M20261122_106_LabContacts")]
internal sealed class M20261122_106_LabContacts : TongxinMigration
{
    protected override void Change()
    {
        Table("screening_lab_contacts", t =>
        {
            t.Id();
            t.Guid("file_id", "screening_lab_files");
            t.Instant("at");
            t.Guid("by_id");
            t.Text("whom");
            t.Text("note", nullable: true);
        });
        Index("screening_lab_contacts", "file_id", "at");
    }
}
