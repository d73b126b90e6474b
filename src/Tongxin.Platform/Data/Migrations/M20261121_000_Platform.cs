using Microsoft.EntityFrameworkCore.Migrations;

namespace Tongxin.Platform.Data.Migrations;

[Migration("M20261121_000_Platform")]
internal sealed class M20261121_000_Platform : TongxinMigration
{
    protected override void Change()
    {
        Table("platform_accounts", t =>
        {
            t.Id();
            t.Text("user_name", nullable: true);
            t.Text("normalized_user_name", nullable: true);
            t.Text("email", nullable: true);
            t.Text("normalized_email", nullable: true);
            t.Bool("email_confirmed");
            t.Text("password_hash", nullable: true);
            t.Text("security_stamp", nullable: true);
            t.Text("concurrency_stamp", nullable: true);
            t.Text("phone_number", nullable: true);
            t.Bool("phone_number_confirmed");
            t.Bool("two_factor_enabled");
            t.Instant("lockout_end", nullable: true);
            t.Bool("lockout_enabled");
            t.Int("access_failed_count");
            t.Text("display_name");
            t.Guid("person_id", nullable: true);
            t.Guid("unit_id", nullable: true);
            t.Instant("ends_at", nullable: true);
            t.Instant("created_at");
            t.Bool("must_change_password");
            t.Bool("demo");
        });
        Unique("platform_accounts", "normalized_user_name");
        Index("platform_accounts", "normalized_email");
        Index("platform_accounts", "person_id");

        Table("platform_account_claims", t =>
        {
            t.Serial("id");
            t.Guid("user_id");
            t.Text("claim_type", nullable: true);
            t.Text("claim_value", nullable: true);
            t.Key("id");
            t.References("user_id", "platform_accounts", cascade: true);
        });
        Index("platform_account_claims", "user_id");
        Table("platform_account_logins", t =>
        {
            t.Text("login_provider");
            t.Text("provider_key");
            t.Text("provider_display_name", nullable: true);
            t.Guid("user_id");
            t.Key("login_provider", "provider_key");
            t.References("user_id", "platform_accounts", cascade: true);
        });
        Index("platform_account_logins", "user_id");
        Table("platform_account_tokens", t =>
        {
            t.Guid("user_id");
            t.Text("login_provider");
            t.Text("name");
            t.Text("value", nullable: true);
            t.Key("user_id", "login_provider", "name");
            t.References("user_id", "platform_accounts", cascade: true);
        });

        Table("platform_grants", t =>
        {
            t.Id();
            t.Guid("account_id", "platform_accounts");
            t.Text("role");
            t.Text("scope_kind");
            t.Guid("scope_id", nullable: true);
            t.Instant("from");
            t.Instant("until", nullable: true);
            t.Text("reason");
            t.Guid("given_by");
            t.Guid("approval_id", nullable: true);
        });
        Index("platform_grants", "account_id");

        Table("platform_journal", t =>
        {
            t.Id();
            t.Instant("at");
            t.Guid("account_id");
            t.Guid("person_id", nullable: true);
            t.Text("action");
            t.Text("subject_kind");
            t.Guid("subject_id", nullable: true);
            t.Text("why", nullable: true);
            t.Text("details", nullable: true);
            t.Long("position", nullable: true);
            t.Bytes("hash", nullable: true);
        });
        Unique("platform_journal", "position");
        Index("platform_journal", "at");
        Index("platform_journal", "subject_id");

        Table("platform_outbox", t =>
        {
            t.Id();
            t.Text("kind");
            t.Text("key");
            t.Text("payload");
            t.Instant("created_at");
            t.Instant("due_at");
            t.Instant("claimed_until", nullable: true);
            t.Int("attempts");
            t.Instant("done_at", nullable: true);
            t.Text("last_error", nullable: true);
        });
        Unique("platform_outbox", "kind", "key");
        Index("platform_outbox", "done_at", "due_at");

        Table("platform_keys", t =>
        {
            t.Text("name");
            t.Text("xml");
            t.Key("name");
        });
    }
}
