using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.People.Data.Migrations;

/// <summary>
/// SQLite has no statistics here and took "not merged" for a choice of few rows, where it is nearly all of them. Now only the
/// merged entries are indexed by that column, and the order by name carries what a search by name reads.
/// </summary>
[Migration("M20261121_013_PeopleOrders")]
internal sealed class M20261121_013_PeopleOrders : TongxinMigration
{
    protected override void Change()
    {
        Sql("DROP INDEX ix_people_persons_merged_into_id");
        Sql("CREATE INDEX ix_people_persons_merged ON people_persons (merged_into_id) WHERE merged_into_id IS NOT NULL");
        Sql("DROP INDEX ix_people_persons_list_name");
        Sql("CREATE INDEX ix_people_persons_list_name ON people_persons (sort_key, id, name_folded, initials) WHERE merged_into_id IS NULL");
    }
}
