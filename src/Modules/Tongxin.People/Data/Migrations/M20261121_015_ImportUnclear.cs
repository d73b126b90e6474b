using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.People.Data.Migrations;

/// <summary>Cells of an import that were left out, counted beside the rows; none were counted before.</summary>
[Migration("M20261121_015_ImportUnclear")]
internal sealed class M20261121_015_ImportUnclear : TongxinMigration
{
    protected override void Change() => Sql("ALTER TABLE people_import_batches ADD COLUMN unclear_count INTEGER NOT NULL DEFAULT 0");
}
