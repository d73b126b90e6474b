using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Accounts;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.ApprovalsDesk;
using Tongxin.Platform.Data;
using Tongxin.Platform.Devices;
using Tongxin.Platform.Files;
using Tongxin.Platform.Http;
using Tongxin.Platform.Jobs;
using Tongxin.Platform.Journal;
using Tongxin.Platform.Modules;
using Tongxin.Platform.Outbox;
using Tongxin.Platform.Sheets;
using Tongxin.Platform.SignIn;

namespace Tongxin.Platform;

/// <summary>The ground floor as a module: accounts, grants, journal, outbox, keys.</summary>
public sealed class PlatformModule : IModule
{
    /// <inheritdoc />
    public string Name => "platform";

    /// <inheritdoc />
    public Type Texts => typeof(PlatformText);

    /// <inheritdoc />
    public IReadOnlyDictionary<string, Type> ErrorTexts => new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        [Name] = Texts,
        ["sheet"] = typeof(SheetsText),
        ["text"] = typeof(ReadingText),
    };

    /// <inheritdoc />
    public IReadOnlyList<Permission> Permissions =>
    [
        new(PlatformPermissions.ManageAccounts, Roles.Administrator),
        new(PlatformPermissions.ReadJournal, Roles.Auditor),
        new(PlatformPermissions.ReadSystem, Roles.Administrator, Roles.Office),
        new(PlatformPermissions.DecideApprovals, Roles.DutyLeader, Roles.LeadingGroup, Roles.PrivacyOfficer),
        new(PlatformPermissions.ReviewAccess, Roles.Administrator, Roles.Auditor, Roles.PrivacyOfficer),
        new(PlatformPermissions.ManageDevices, Roles.Administrator, Roles.Office),
    ];

    /// <inheritdoc />
    public IReadOnlyList<MenuItem> Menu =>
    [
        new(Face.Office, "menu.control", "approvals.title", "checks", "/approvals", PlatformPermissions.DecideApprovals, 900, ApprovalsList.CountAsync),
        new(Face.Office, "menu.control", "accounts.title", "users", "/accounts", PlatformPermissions.ManageAccounts, 910),
        new(Face.Office, "menu.control", "devices.title", "device-mobile", "/devices", PlatformPermissions.ManageDevices, 915),
        new(Face.Office, "menu.control", "review.title", "list-check", "/access-review", PlatformPermissions.ReviewAccess, 920),
        new(Face.Office, "menu.control", "journal.title", "history", "/journal", PlatformPermissions.ReadJournal, 930),
    ];

    /// <inheritdoc />
    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        SignInRoutes.Map(routes);
        AccountRoutes.Map(routes);
        DeviceRoutes.Map(routes);
        JobRoutes.Map(routes);
    }

    /// <inheritdoc />
    public void AddModel(ModelBuilder model)
    {
        model.Entity<Account>(e =>
        {
            e.ToTable("platform_accounts");
            e.HasIndex(a => a.PersonId);
        });
        model.Entity<IdentityUserClaim<Guid>>().ToTable("platform_account_claims");
        model.Entity<IdentityUserLogin<Guid>>().ToTable("platform_account_logins");
        model.Entity<IdentityUserToken<Guid>>().ToTable("platform_account_tokens");
        // Identity's own length limits would be varchar on one database and nothing on the other: text on both.
        foreach (var entity in model.Model.GetEntityTypes().Where(e => e.GetTableName()?.StartsWith("platform_account", StringComparison.Ordinal) == true))
            foreach (var property in entity.GetProperties()) property.SetMaxLength(null);

        model.Entity<Grant>(e =>
        {
            e.ToTable("platform_grants");
            e.HasIndex(g => g.AccountId);
            e.HasOne<Account>().WithMany().HasForeignKey(g => g.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Device>(e =>
        {
            e.ToTable("platform_devices");
            e.HasIndex(d => d.TokenHash).IsUnique();
            e.HasIndex(d => d.AccountId);
            e.HasOne<Account>().WithMany().HasForeignKey(d => d.AccountId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<JournalEntry>(e =>
        {
            e.ToTable("platform_journal");
            e.HasIndex(j => j.Position).IsUnique();
            e.HasIndex(j => j.At);
            e.HasIndex(j => j.SubjectId);
        });
        model.Entity<OutboxMessage>(e =>
        {
            e.ToTable("platform_outbox");
            e.HasIndex(m => new { m.Kind, m.Key }).IsUnique();
            e.HasIndex(m => new { m.DoneAt, m.DueAt });
        });
        model.Entity<JournalHead>(e =>
        {
            e.ToTable("platform_journal_head");
            e.Property(h => h.Id).ValueGeneratedNever();
        });
        model.Entity<Job>(e =>
        {
            e.ToTable("platform_jobs");
            e.HasIndex(j => new { j.OwnerId, j.CreatedAt });
            e.HasIndex(j => j.FinishedAt);
        });
        model.Entity<Approval>(e =>
        {
            e.ToTable("platform_approvals");
            e.HasIndex(a => new { a.State, a.ExpiresAt });
            e.HasIndex(a => a.SubjectId);
        });
        model.Entity<StoredFile>(e =>
        {
            e.ToTable("platform_files");
            e.HasIndex(f => f.ExpiresAt);
        });
        model.Entity<StoredKey>(e =>
        {
            e.ToTable("platform_keys");
            e.HasKey(k => k.Name);
        });
    }
}

/// <summary>Permissions of the ground floor.</summary>
public static class PlatformPermissions
{
    /// <summary>Create accounts, give and end grants.</summary>
    public const string ManageAccounts = "platform.accounts.manage";

    /// <summary>Read and verify the journal.</summary>
    public const string ReadJournal = "platform.journal.read";

    /// <summary>See the health of the installation.</summary>
    public const string ReadSystem = "platform.system.read";

    /// <summary>See who may do what, where and until when.</summary>
    public const string ReviewAccess = "platform.access.review";

    /// <summary>See enrolled devices and take them back.</summary>
    public const string ManageDevices = "platform.devices.manage";

    /// <summary>Decide requests that need a second person.</summary>
    public const string DecideApprovals = "platform.approvals.decide";
}

/// <summary>Marker of the ground floor's texts.</summary>
public sealed class PlatformText;
