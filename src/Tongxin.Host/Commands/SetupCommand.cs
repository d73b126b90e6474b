using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Host.Commands;

/// <summary>
/// The first accounts of a real installation: network centre, office, duty leader and privacy officer, each of a unit of its own, so that
/// from the first minute two people of two units can decide together. Passwords are said once and must be changed.
/// </summary>
internal static class SetupCommand
{
    private static readonly (string Account, string Name, string Role, string Unit)[] First =
    [
        ("admin", "网络中心", Roles.Administrator, "网络中心"),
        ("office", "防控办", Roles.Office, "疫情防控办公室"),
        ("leader", "带班领导", Roles.DutyLeader, "学校办公室"),
        ("privacy", "个人信息保护负责人", Roles.PrivacyOfficer, "审计处"),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = CommandLine.BuildQuietly(args);
        await HostProgram.MigrateAsync(app.Services, CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TongxinDb>();
        if (await db.Set<Account>().AnyAsync())
            throw new StartException("There are accounts already. Remedy: let an administrator make further ones under Accounts.");

        var made = await MakeAsync(db, scope.ServiceProvider.GetRequiredService<IUnits>(), scope.ServiceProvider.GetRequiredService<IAccounts>(),
            CampusCalendar.DayOf(scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow()), CancellationToken.None);
        Console.WriteLine("First accounts. Write the passwords down now: they are stored nowhere and must be changed at the first sign-in.");
        foreach (var (account, password, name) in made) Console.WriteLine($"  {account,-8} {password,-20} {name}");
        return CommandLine.Well;
    }

    private static async Task<List<(string Account, string Password, string Name)>> MakeAsync(TongxinDb db, IUnits units, IAccounts accounts, DateOnly today, CancellationToken ct)
    {
        const string why = "first accounts";
        var made = new List<(string, string, string)>();
        foreach (var (name, display, role, unitName) in First)
        {
            var unit = Value(await units.AddAsync(new NewUnit(null, UnitKind.Department, unitName, today), Actor.System, ct));
            var account = Value(await accounts.CreateAsync(new NewAccount(name, display, null, unit, null, why), Actor.System, ct));
            await db.CommitAsync(ct);
            Value(await accounts.GrantAsync(new NewGrant(account.AccountId, role, ScopeKind.Everything, null, null, why), Actor.System, ct));
            await db.CommitAsync(ct);
            made.Add((name, account.InitialPassword, display));
        }
        return made;
    }

    private static T Value<T>(Result<T> result) => result.IsFailure ? throw new InvalidOperationException(result.Error.Code) : result.Value;
}
