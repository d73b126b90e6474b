using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.Modules.Tests.Access;

/// <summary>Accounts with a password, and what a person does at the sign-in page.</summary>
internal static class Door
{
    public const string Password = "three blue tables";

    public static async Task<Account> AddAccountAsync(this TongxinApp app, string name, string role = Roles.Office, Action<Account>? change = null)
    {
        var account = new Account
        {
            Id = Ids.New(),
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            DisplayName = $"test {name}",
            SecurityStamp = Ids.New().ToString("N"),
            CreatedAt = app.Clock.Now,
        };
        account.PasswordHash = new PasswordHasher<Account>().HashPassword(account, Password);
        change?.Invoke(account);
        await app.AddAsync(account, Grant.Give(account.Id, role, ScopeKind.Everything, null, app.Clock.Now.AddDays(-1), until: null, "test"));
        return account;
    }

    public static async Task<HtmlPage> TryAsync(this Visitor visitor, string name, string password, string page = "/sign-in")
    {
        var form = (await visitor.OpenAsync(page)).Form();
        return await visitor.SubmitAsync(form.Set("Form.UserName", name).Set("Form.Password", password));
    }

    public static Task<List<JournalEntry>> JournalAsync(this TongxinApp app, string action) =>
        app.ReadAsync(db => db.Set<JournalEntry>().AsNoTracking().Where(e => e.Action == action).OrderBy(e => e.Id).ToListAsync());

    /// <summary>Changes a row behind the product's back.</summary>
    public static Task ChangeAsync(this TongxinApp app, Guid account, Action<Account> change) => app.ReadAsync(async db =>
    {
        var row = await db.Users.SingleAsync(a => a.Id == account);
        change(row);
        db.Record(Actor.System, "test.arranged", "test", null);
        await db.CommitAsync(CancellationToken.None);
        return 0;
    });

    public static Task<TongxinApp> DemoAsync(Provider provider) => TongxinApp.StartAsync(provider, services =>
    {
        var settings = services.Select(s => s.ImplementationInstance).OfType<PlatformSettings>().Single();
        services.AddSingleton(settings with { Demo = true });
    });
}
