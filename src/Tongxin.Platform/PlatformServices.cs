using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tongxin.Platform.Access;
using Tongxin.Platform.AccessReview;
using Tongxin.Platform.Accounts;
using Tongxin.Platform.Approvals;
using Tongxin.Platform.ApprovalsDesk;
using Tongxin.Platform.Data;
using Tongxin.Platform.Data.Migrations;
using Tongxin.Platform.Devices;
using Tongxin.Platform.JournalDesk;
using Tongxin.Platform.Modules;
using Tongxin.Platform.MyAccount;
using Tongxin.Platform.SignIn;
using Tongxin.Platform.Ui.Hosting;

namespace Tongxin.Platform;

/// <summary>Registers the ground floor and all modules.</summary>
public static class PlatformServices
{
    /// <summary>Everything a module may rely on.</summary>
    public static IServiceCollection AddPlatform(
        this IServiceCollection services, IConfiguration configuration, PlatformSettings settings, Dialect dialect, IReadOnlyList<IModule> modules)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(dialect);
        foreach (var module in modules)
        {
            services.AddSingleton(module);
            module.AddServices(services, configuration);
        }

        services.AddDbContext<TongxinDb>((provider, options) =>
        {
            dialect.Configure(options);
            options.AddInterceptors(provider.GetRequiredService<CommitSignal>());
            options.ReplaceService<IMigrationsAssembly, ModuleMigrations>();
            // There is no snapshot: the drift tests compare database and model instead.
            options.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning, RelationalEventId.MigrationsNotFound));
        });
        services.AddSingleton(_ => OpenBox(Path.Combine(settings.DataFolder, "keys", "columns.key")));
        services.AddSingleton<Http.ErrorCatalogue>();

        services.AddWorkers();
        AddAccess(services);
        services.AddDevices(configuration);
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddLocalization();
        return services;
    }

    private static SecretBox OpenBox(string file)
    {
        try
        {
            return SecretBox.Open(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartException($"The key file {file} cannot be read, or is not 64 bytes. Remedy: give it back to the user of the service, or put the copy of the last backup in its place.", unreadable);
        }
    }

    private static void AddAccess(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<PermissionCatalogue>();
        services.AddSingleton<Misses>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<ICurrentActor>(provider => provider.GetRequiredService<CurrentActor>());
        services.AddScoped<ActorGrants>();
        services.AddScoped<GrantList>();
        services.AddScoped<GrantDesk>();
        services.AddScoped<DemoAccounts>();
        services.AddScoped<AccountBook>();
        services.AddScoped<IAccounts>(provider => provider.GetRequiredService<AccountBook>());
        services.AddScoped<IRoleHolders, RoleHolders>();
        services.TryAddScoped<IScopeDirectory, NoScopes>();
        services.TryAddScoped<IPersonDirectory, NoPersons>();
        services.AddSingleton<FirstPage>();
        services.AddSingleton<StandIn>();
        services.AddScoped<SignInWithPassword>();
        services.AddScoped<DemoSignIns>();
        services.AddScoped<ChangePassword>();
        services.AddScoped<MyAccountView>();
        services.AddScoped<ListAccounts>();
        services.AddScoped<ReadAccount>();
        services.AddScoped<AccountRoutes.Desk>();
        services.AddScoped<IHandle<ApprovalDecided>, GrantWhenApproved>();
        services.AddApprovalKind(GrantDesk.ApprovalKind);
        services.AddScoped<ApprovalsList>();
        services.AddScoped<DecideApproval>();
        services.AddScoped<SearchJournal>();
        services.AddScoped<ReviewAccess>();
        services.Configure<UiOptions>(o => o.AccountHref = "/account");
        SignInLimits.Add(services);

        services.AddIdentityCore<Account>(o =>
            {
                o.Lockout.MaxFailedAccessAttempts = 6;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                o.User.AllowedUserNameCharacters = "";
            })
            .AddSignInManager()
            .AddEntityFrameworkStores<TongxinDb>()
            .AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(o =>
        {
            o.Cookie.Name = "tongxin";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax;
            o.LoginPath = Refusals.SignInPage;
            o.LogoutPath = "/sign-out";
            o.AccessDeniedPath = "/denied";
            o.ReturnUrlParameter = "return";
            o.ExpireTimeSpan = TimeSpan.FromHours(12);
            o.SlidingExpiration = true;
            o.ForwardDefaultSelector = http => DeviceAuthentication.Is(http.Request) ? DeviceAuthentication.Name : null;
        });

        services.AddAuthorization(o =>
        {
            o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build();
        });
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, Refusals>();

        services.AddDataProtection().SetApplicationName("Tongxin");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(o =>
                (o.XmlRepository, o.XmlEncryptor) = (new StoredKeys(provider.GetRequiredService<IServiceScopeFactory>()), new SealKeys(provider))));
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "tongxin-form";
            o.HeaderName = "RequestVerificationToken";
        });
    }
}

/// <summary>What the installation was told: where its data lies, and whether it is a demonstration.</summary>
/// <param name="DataFolder">Database file, keys, uploads, backups.</param>
/// <param name="Demo">Seed the demo estate into an empty database and show the demo accounts on the sign-in page.</param>
public sealed record PlatformSettings(string DataFolder, bool Demo);
