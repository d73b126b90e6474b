using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.People.Data.Migrations;

/// <summary>
/// Two indexes that every new person paid for and nobody read by: the order by name has one for the entries that are not merged,
/// which are the only ones listed, and a search by initials looks within it.
/// </summary>
[Migration("M20261121_016_PeopleFewerIndexes")]
internal sealed class M20261121_016_PeopleFewerIndexes : TongxinMigration
{
    protected override void Change()
    {
        Sql("DROP INDEX ix_people_persons_sort_key");
        Sql("DROP INDEX ix_people_persons_initials");
    }
}
