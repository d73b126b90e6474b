using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Grid.Data.Migrations;

[Migration("M20261121_030_Grid")]
internal sealed class M20261121_030_Grid : TongxinMigration
{
    protected override void Change()
    {
        Table("grid_cells", t =>
        {
            t.Id();
            t.Text("number");
            t.Text("name");
            t.Guid("team_id", nullable: true);
            t.Bool("is_reserve");
            t.Text("sort_key");
            t.Version();
        });
        Unique("grid_cells", "number");
        Index("grid_cells", "team_id");

        Table("grid_cell_households", t =>
        {
            t.Guid("household_id");
            t.Guid("cell_id", "grid_cells");
            t.Key("household_id");
        });
        Index("grid_cell_households", "cell_id");

        Table("grid_cell_places", t =>
        {
            t.Guid("place_id");
            t.Guid("cell_id", "grid_cells");
            t.Key("place_id");
        });
        Index("grid_cell_places", "cell_id");

        Table("grid_responsibilities", t =>
        {
            t.Id();
            t.Guid("cell_id", "grid_cells");
            t.Text("mode");
            t.Guid("target_id");
            t.Guid("member_id");
            t.Day("from");
            t.Day("until", nullable: true);
        });
        UniqueWhere("grid_responsibilities", "until IS NULL", "mode", "target_id");
        Index("grid_responsibilities", "cell_id");
        Index("grid_responsibilities", "member_id");

        Partition();
    }

    /// <summary>
    /// Every household is in exactly one cell, and the database says so: the key allows no second row, the first trigger
    /// gives each new household to the reserve, the second keeps the row as long as the household is there.
    /// </summary>
    private void Partition()
    {
        var reserve = Cell.ReserveId.ToString().ToUpperInvariant();
        Sql($"INSERT INTO grid_cells (id, number, name, is_reserve, sort_key, version) VALUES ('{reserve}', '待划', '待划网格', {(IsSqlite ? "1" : "TRUE")}, '~', 0);");
        Sql($"INSERT INTO grid_cell_households (household_id, cell_id) SELECT id, '{reserve}' FROM people_households;");
        if (IsSqlite)
        {
            Sql($"""
                CREATE TRIGGER grid_household_joins AFTER INSERT ON people_households BEGIN
                    INSERT INTO grid_cell_households (household_id, cell_id) VALUES (NEW.id, '{reserve}');
                END;
                """);
            Sql("""
                CREATE TRIGGER grid_household_stays BEFORE DELETE ON grid_cell_households
                WHEN EXISTS (SELECT 1 FROM people_households WHERE id = OLD.household_id) BEGIN
                    SELECT RAISE(ABORT, 'a household is always in one cell');
                END;
                """);
            Sql("""
                CREATE TRIGGER grid_household_leaves AFTER DELETE ON people_households BEGIN
                    DELETE FROM grid_cell_households WHERE household_id = OLD.id;
                END;
                """);
            return;
        }
        Sql($"""
            CREATE FUNCTION grid_household_joins() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO grid_cell_households (household_id, cell_id) SELECT id, '{reserve}'::uuid FROM added;
                RETURN NULL;
            END $$;
            CREATE TRIGGER grid_household_joins AFTER INSERT ON people_households
                REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION grid_household_joins();
            CREATE FUNCTION grid_household_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF EXISTS (SELECT 1 FROM people_households WHERE id = OLD.household_id) THEN
                    RAISE EXCEPTION 'a household is always in one cell' USING ERRCODE = 'check_violation';
                END IF;
                RETURN OLD;
            END $$;
            CREATE TRIGGER grid_household_stays BEFORE DELETE ON grid_cell_households
                FOR EACH ROW EXECUTE FUNCTION grid_household_stays();
            CREATE FUNCTION grid_household_leaves() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                DELETE FROM grid_cell_households WHERE household_id = OLD.id;
                RETURN NULL;
            END $$;
            CREATE TRIGGER grid_household_leaves AFTER DELETE ON people_households
                FOR EACH ROW EXECUTE FUNCTION grid_household_leaves();
            """);
    }
}
