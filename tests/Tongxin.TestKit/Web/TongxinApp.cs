using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tongxin.Host;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Databases;

namespace Tongxin.TestKit.Web;

/// <summary>The whole product on a database of its own, with a clock that stands still. In memory, or on a real port for browsers.</summary>
public sealed class TongxinApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TestDatabase _database;

    private TongxinApp(WebApplication app, TestDatabase database, FakeTimeProvider clock, ErrorLog errors) =>
        (_app, _database, Clock, Errors) = (app, database, clock, errors);

    public FakeTimeProvider Clock { get; }

    /// <summary>What the product logged as an error since it started.</summary>
    public ErrorLog Errors { get; }

    public IServiceProvider Services => _app.Services;

    public TestDatabase Database => _database;

    /// <summary>Where it answers: a made-up address in memory, http://127.0.0.1:port with Kestrel.</summary>
    public Uri Address { get; private set; } = new("http://localhost/");

    /// <summary>Starts the product in memory; no socket is opened.</summary>
    public static Task<TongxinApp> StartAsync(Provider provider, Action<IServiceCollection>? replace = null) =>
        StartAsync(TestDatabase.CreateAsync(provider), inMemory: true, replace, []);

    /// <summary>Starts the product on a free loopback port.</summary>
    public static Task<TongxinApp> StartOnPortAsync(Provider provider, Action<IServiceCollection>? replace = null, params string[] arguments) =>
        StartAsync(TestDatabase.CreateAsync(provider), inMemory: false, replace, arguments);

    /// <summary>Starts the demonstration in memory: the demo estate with its accounts. Seeded once in a test run, then copied.</summary>
    public static Task<TongxinApp> StartDemoAsync(Provider provider) =>
        StartAsync(TestDatabase.CreateDemoAsync(provider), inMemory: true, replace: null, ["--Tongxin:Demo=true"], FakeTimeProvider.SamplesEvening);

    /// <summary>Starts the demonstration on a free loopback port.</summary>
    public static Task<TongxinApp> StartDemoOnPortAsync(Provider provider, Action<IServiceCollection>? replace = null) =>
        StartAsync(TestDatabase.CreateDemoAsync(provider), inMemory: false, replace, ["--Tongxin:Demo=true"], FakeTimeProvider.SamplesEvening);

    /// <summary>A visitor who has not signed in.</summary>
    public Visitor Anonymous() => new(NewHandler(), Address, new System.Net.CookieContainer(), Errors);

    /// <summary>
    /// A visitor with a new account that holds one role. The scope is everything unless a place, unit or team is named.
    /// The cookie is a real one; only the password is left out.
    /// </summary>
    public Task<Visitor> SignInAsAsync(string role, ScopeKind kind = ScopeKind.Everything, Guid? scope = null) =>
        SignInAsAsync(role, kind, scope, personId: null);

    /// <summary>As <see cref="SignInAsAsync(string, ScopeKind, Guid?)"/>, for an account that belongs to a person of the register.</summary>
    public async Task<Visitor> SignInAsAsync(string? role, ScopeKind kind, Guid? scope, Guid? personId, Guid? unitId = null)
    {
        var account = await NewAccountAsync(role, kind, scope, personId, unitId);
        return await SignInAsync(account);
    }

    /// <summary>A signed-in visitor for an account that exists, by its user name: those of the demonstration.</summary>
    public async Task<Visitor> SignInAsAccountAsync(string userName) =>
        await SignInAsync(await ReadAsync(db => db.Users.SingleAsync(a => a.UserName == userName)));

    /// <summary>A signed-in visitor for an account that exists.</summary>
    public async Task<Visitor> SignInAsync(Account account)
    {
        await using var scope = Services.CreateAsyncScope();
        var principal = await scope.ServiceProvider.GetRequiredService<SignInManager<Account>>().CreateUserPrincipalAsync(account);
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var now = Clock.GetUtcNow();
        var ticket = new AuthenticationTicket(
            principal,
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + options.ExpireTimeSpan },
            IdentityConstants.ApplicationScheme);
        var cookies = new System.Net.CookieContainer();
        cookies.Add(Address, new System.Net.Cookie(options.Cookie.Name ?? "", options.TicketDataFormat.Protect(ticket), "/"));
        return new Visitor(NewHandler(), Address, cookies, Errors) { AccountId = account.Id };
    }

    /// <summary>The actor that a role in a scope makes, for calling slices without a page.</summary>
    public Actor ActorOf(string role, ScopeKind kind = ScopeKind.Everything, Guid? scope = null, Guid? personId = null, Guid? unitId = null) =>
        new(Ids.New(), personId, $"test {role}", unitId, [new ActorGrant(role, kind, scope, Services.GetRequiredService<PermissionCatalogue>().Of(role))]);

    /// <summary>Runs something with the services of one request.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    /// <summary>Runs something with one service of a request: a slice, a contract.</summary>
    public Task<T> CallAsync<TService, T>(Func<TService, Task<T>> act) where TService : notnull =>
        InScopeAsync(services => act(services.GetRequiredService<TService>()));

    /// <summary>Reads the database.</summary>
    public Task<T> ReadAsync<T>(Func<TongxinDb, Task<T>> read) => CallAsync(read);

    /// <summary>Adds rows as the system would, with a journal entry, and commits.</summary>
    public Task AddAsync(params object[] rows) => ReadAsync(async db =>
    {
        db.AddRange(rows);
        db.Record(Actor.System, "test.arranged", "test", null);
        await db.CommitAsync(CancellationToken.None);
        return rows.Length;
    });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task<TongxinApp> StartAsync(Task<TestDatabase> making, bool inMemory, Action<IServiceCollection>? replace, string[] arguments, DateTimeOffset? now = null)
    {
        var database = await making;
        var clock = new FakeTimeProvider(now ?? FakeTimeProvider.Start);
        var errors = new ErrorLog();
        var app = HostProgram.Build([.. database.Arguments, "--urls=http://127.0.0.1:0", .. arguments], builder =>
        {
            builder.Logging.ClearProviders().AddProvider(errors);
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            if (inMemory) builder.WebHost.UseTestServer();
            replace?.Invoke(builder.Services);
        });
        await app.StartAsync();
        var started = new TongxinApp(app, database, clock, errors);
        if (!inMemory) started.Address = new Uri(app.Urls.First());
        return started;
    }

    private async Task<Account> NewAccountAsync(string? role, ScopeKind kind, Guid? scope, Guid? personId, Guid? unitId)
    {
        var account = new Account
        {
            Id = Ids.New(),
            UserName = $"test-{Ids.New():N}",
            DisplayName = $"test {role}",
            SecurityStamp = Ids.New().ToString("N"),
            PersonId = personId,
            UnitId = unitId,
        };
        account.NormalizedUserName = account.UserName.ToUpperInvariant();
        await AddAsync(role is null
            ? [account]
            : [account, Grant.Give(account.Id, role, kind, scope, Clock.GetUtcNow().AddDays(-1), until: null, "test")]);
        return account;
    }

    private HttpMessageHandler NewHandler() =>
        _app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>() is TestServer server
            ? server.CreateHandler()
            : new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
}
