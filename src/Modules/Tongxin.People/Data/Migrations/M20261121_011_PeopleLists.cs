using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.People.Data.Migrations;

/// <summary>What the lists of 30,000 persons are read by: the orders a reader may choose, each by index alone.</summary>
[Migration("M20261121_011_PeopleLists")]
internal sealed class M20261121_011_PeopleLists : TongxinMigration
{
    protected override void Change()
    {
        Sql("CREATE INDEX ix_people_persons_list_name ON people_persons (sort_key, id) WHERE merged_into_id IS NULL");
        Sql("CREATE INDEX ix_people_persons_list_category ON people_persons (category, sort_key, id) WHERE merged_into_id IS NULL");
        Sql("CREATE INDEX ix_people_persons_list_number ON people_persons (number, sort_key, id) WHERE merged_into_id IS NULL");
        Sql("CREATE INDEX ix_people_residencies_current ON people_residencies (household_id, person_id) WHERE until IS NULL");
    }
}
