using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Access.Gates.Data.Migrations;

[Migration("M20261122_081_NightSweeps")]
internal sealed class M20261122_081_NightSweeps : TongxinMigration
{
    protected override void Change()
    {
        Column("access_deletions", t => t.Int("permits", nullable: true));
        Column("access_deletions", t => t.Int("returns", nullable: true));
        Column("access_permits", t => t.Instant("erased_at", nullable: true));
        Column("access_return_seasons", t => t.Instant("forgotten_at", nullable: true));
        Column("access_return_seasons", t => t.Int("forgotten_declared", nullable: true));
        Column("access_return_seasons", t => t.Int("forgotten_came", nullable: true));
        if (!IsSqlite) Sql(Drop);
    }

    // Looks first without a lock: a month that still holds something never stops a scan.
    private const string Drop = """
        CREATE FUNCTION access_scan_drop(before date) RETURNS integer LANGUAGE plpgsql AS $$
        DECLARE
            part text;
            filled boolean;
            dropped integer := 0;
        BEGIN
            FOR part IN
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'access_parts' AND c.relkind = 'r' AND c.relname ~ '^scans_[0-9]{4}_[0-9]{2}$' AND to_date(substr(c.relname, 7), 'YYYY_MM') < before
                ORDER BY c.relname
            LOOP
                EXECUTE format('SELECT EXISTS (SELECT 1 FROM access_parts.%I)', part) INTO filled;
                CONTINUE WHEN filled;
                LOCK TABLE access_scans IN ACCESS EXCLUSIVE MODE;
                EXECUTE format('SELECT EXISTS (SELECT 1 FROM access_parts.%I)', part) INTO filled;
                CONTINUE WHEN filled;
                EXECUTE format('ALTER TABLE access_scans DETACH PARTITION access_parts.%I', part);
                EXECUTE format('DROP TABLE access_parts.%I', part);
                dropped := dropped + 1;
            END LOOP;
            RETURN dropped;
        END $$;
        """;
}
