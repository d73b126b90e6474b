using Microsoft.EntityFrameworkCore.Migrations;
using Tongxin.Platform.Data.Migrations;

namespace Tongxin.Access.Scans.Data.Migrations;

/// <summary>
/// On PostgreSQL the table is divided by month over the version-7 id itself: the key is the id alone, so no id is there twice, in whatever
/// month. The parts lie in a schema of their own; what has no month (clocks gone wild) lies in "rest".
/// </summary>
[Migration("M20261122_070_Scans")]
internal sealed class M20261122_070_Scans : TongxinMigration
{
    private const string Followed = "permit_id IS NOT NULL OR kind = 'Emergency'";

    protected override void Change()
    {
        if (IsSqlite) Whole();
        else Sql(Parted);
        Index("access_scans", "gate_id", "seen_at");
        // Only what somebody has to follow up: passages by permit, emergencies.
        Sql($"CREATE INDEX ix_access_scans_received_at ON access_scans (received_at) WHERE {Followed}");
        if (!IsSqlite) Sql("SELECT access_scan_month(m::date) FROM generate_series(date_trunc('month', now() AT TIME ZONE 'UTC') - interval '1 month', now() AT TIME ZONE 'UTC' + interval '3 months', interval '1 month') m");
    }

    private void Whole() => Table("access_scans", t =>
    {
        t.Id();
        t.Guid("gate_id");
        t.Text("lane", nullable: true);
        t.Text("kind");
        t.Text("subject");
        t.Guid("pass_ref", nullable: true);
        t.Guid("permit_id", nullable: true);
        t.Text("plate", nullable: true);
        t.Text("verdict");
        t.Text("colour", nullable: true);
        t.Text("reason_code", nullable: true);
        t.Int("temperature_centi", nullable: true);
        t.Instant("seen_at");
        t.Bool("offline");
        t.Int("companions");
        t.Guid("device_id", nullable: true);
        t.Guid("account_id");
        t.Instant("received_at");
        t.Text("doubt", nullable: true);
    });

    private const string Parted = """
        CREATE SCHEMA IF NOT EXISTS access_parts;
        CREATE TABLE access_scans (
            id uuid NOT NULL CONSTRAINT pk_access_scans PRIMARY KEY,
            gate_id uuid NOT NULL,
            lane text COLLATE "C",
            kind text COLLATE "C" NOT NULL,
            subject text COLLATE "C" NOT NULL,
            pass_ref uuid,
            permit_id uuid,
            plate text COLLATE "C",
            verdict text COLLATE "C" NOT NULL,
            colour text COLLATE "C",
            reason_code text COLLATE "C",
            temperature_centi integer,
            seen_at timestamp with time zone NOT NULL,
            offline boolean NOT NULL,
            companions integer NOT NULL,
            device_id uuid,
            account_id uuid NOT NULL,
            received_at timestamp with time zone NOT NULL,
            doubt text COLLATE "C"
        ) PARTITION BY RANGE (id);
        CREATE TABLE access_parts.scans_rest PARTITION OF access_scans DEFAULT;

        CREATE FUNCTION access_scan_bound(month date) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
            SELECT rpad(lpad(to_hex((extract(epoch FROM month::timestamp) * 1000)::bigint), 12, '0'), 32, '0')::uuid
        $$;

        -- Makes the part of a month unless it is there; what came before its part moves into it.
        CREATE FUNCTION access_scan_month(month date) RETURNS boolean LANGUAGE plpgsql AS $$
        DECLARE
            part text := 'scans_' || to_char(month, 'YYYY_MM');
            low uuid := access_scan_bound(date_trunc('month', month)::date);
            high uuid := access_scan_bound((date_trunc('month', month) + interval '1 month')::date);
        BEGIN
            IF to_regclass('access_parts.' || part) IS NOT NULL THEN RETURN false; END IF;
            EXECUTE format('CREATE TABLE access_parts.%I (LIKE access_scans INCLUDING ALL)', part);
            EXECUTE format('WITH moved AS (DELETE FROM access_parts.scans_rest WHERE id >= %L AND id < %L RETURNING *) INSERT INTO access_parts.%I SELECT * FROM moved', low, high, part);
            EXECUTE format('ALTER TABLE access_scans ATTACH PARTITION access_parts.%I FOR VALUES FROM (%L) TO (%L)', part, low, high);
            RETURN true;
        END $$;
        """;
}
