using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Grid.Data.Migrations;

/// <summary>The place of each household beside its cell, kept by the triggers that keep the partition.</summary>
[Migration("M20261122_033_CellHouseholdPlaces")]
internal sealed class M20261122_033_CellHouseholdPlaces : TongxinMigration
{
    protected override void Change()
    {
        var reserve = Cell.ReserveId.ToString().ToUpperInvariant();
        Sql($"ALTER TABLE grid_cell_households ADD COLUMN place_id {(IsSqlite ? "TEXT" : "uuid")} NOT NULL DEFAULT '{Guid.Empty}';");
        Sql("UPDATE grid_cell_households SET place_id = (SELECT place_id FROM people_households WHERE id = household_id);");
        Index("grid_cell_households", "place_id", "cell_id");
        if (IsSqlite)
        {
            Sql("DROP TRIGGER grid_household_joins;");
            Sql($"""
                CREATE TRIGGER grid_household_joins AFTER INSERT ON people_households BEGIN
                    INSERT INTO grid_cell_households (household_id, cell_id, place_id) VALUES (NEW.id, '{reserve}', NEW.place_id);
                END;
                """);
            Sql("""
                CREATE TRIGGER grid_household_moves AFTER UPDATE OF place_id ON people_households BEGIN
                    UPDATE grid_cell_households SET place_id = NEW.place_id WHERE household_id = NEW.id;
                END;
                """);
            return;
        }

        Sql("ALTER TABLE grid_cell_households ALTER COLUMN place_id DROP DEFAULT;");
        Sql($"""
            CREATE OR REPLACE FUNCTION grid_household_joins() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO grid_cell_households (household_id, cell_id, place_id) SELECT id, '{reserve}'::uuid, place_id FROM added;
                RETURN NULL;
            END $$;
            CREATE FUNCTION grid_household_moves() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                UPDATE grid_cell_households SET place_id = NEW.place_id WHERE household_id = NEW.id;
                RETURN NULL;
            END $$;
            CREATE TRIGGER grid_household_moves AFTER UPDATE OF place_id ON people_households
                FOR EACH ROW EXECUTE FUNCTION grid_household_moves();
            """);
    }
}
