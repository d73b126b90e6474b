using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.SignIn;

/// <summary>What somebody typed, and from where.</summary>
internal sealed record SignInRequest(string UserName, string Password, bool Keep, IPAddress? Address, string? Browser);

/// <summary>
/// Checks a password. Whether a name exists can be learnt neither from the answer nor from its time: unknown names cost one hash,
/// too, and a locked account answers like a wrong password.
/// </summary>
internal sealed class SignInWithPassword(
    UserManager<Account> accounts, SignInManager<Account> cookies, IPasswordHasher<Account> hasher, SignInLimits limits, StandIn standIn,
    SecretBox box, IHttpContextAccessor http, TongxinDb db, PlatformSettings settings, TimeProvider clock)
{
    /// <summary>The refusal that says how many seconds to wait, in its first argument.</summary>
    public const string TooOften = "platform.sign-in.too-often";

    private static readonly Error Refused = Error.Forbidden("platform.sign-in.refused");

    public async Task<Result<Account>> ExecuteAsync(SignInRequest request, CancellationToken ct)
    {
        var name = UserNames.Clean(request.UserName);
        if (name.Length == 0 || request.Password.Length is 0 or > Passwords.Longest) return Refused;

        var normalized = accounts.NormalizeName(name);
        if (limits.Take(normalized) is { } wait) return Error.Conflict(TooOften, (int)Math.Ceiling(wait.TotalSeconds));

        var account = await accounts.FindByNameAsync(name);
        var hash = account?.PasswordHash ?? standIn.Hash;
        var isRight = hasher.VerifyHashedPassword(account ?? standIn.Account, hash, request.Password) != PasswordVerificationResult.Failed;
        if (account?.PasswordHash is null) return await FailAsync(Actor.System, null, "unknown", new { name = Fingerprint(normalized) }, request, ct);

        var self = new Actor(account.Id, account.PersonId, account.DisplayName, account.UnitId, []);
        if (account.LockoutEnd > clock.GetUtcNow()) return await FailAsync(self, account.Id, "locked", null, request, ct);
        if (!isRight)
        {
            await CountFailureAsync(account.Id, ct);
            return await FailAsync(self, account.Id, "password", null, request, ct);
        }
        if (account.Demo && !settings.Demo) return await FailAsync(self, account.Id, "demo", null, request, ct);
        if (account.HasEnded(clock.GetUtcNow()))
        {
            await FailAsync(self, account.Id, "ended", null, request, ct);
            // The right password was given: its holder may know.
            return Error.Forbidden("platform.sign-in.ended");
        }

        account.AccessFailedCount = 0;
        account.LockoutEnd = null;
        db.Record(self, "platform.sign-in.done", "account", account.Id, details: From(request));
        await db.CommitAsync(ct);
        var context = http.HttpContext ?? throw new InvalidOperationException("A sign-in comes with a request.");
        await cookies.SignInAsync(account, BrowserMark.Begin(context, request.Keep, box));
        return account;
    }

    private async Task<Error> FailAsync(Actor actor, Guid? account, string cause, object? about, SignInRequest request, CancellationToken ct)
    {
        db.Record(actor, "platform.sign-in.refused", "account", account, cause, about ?? From(request));
        await db.CommitAsync(ct);
        return Refused;
    }

    // Counted by the database, so that tries sent at the same moment all count. Identity's counter reads the machine's clock.
    private async Task CountFailureAsync(Guid id, CancellationToken ct)
    {
        var (most, until) = (accounts.Options.Lockout.MaxFailedAccessAttempts, clock.GetUtcNow() + accounts.Options.Lockout.DefaultLockoutTimeSpan);
        await db.Users.Where(a => a.Id == id).ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1), ct);
        await db.Users.Where(a => a.Id == id && a.AccessFailedCount >= most)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, 0).SetProperty(a => a.LockoutEnd, until), ct);
    }

    // The same name gives the same print: a series of tries can be seen, the name cannot be read.
    private string Fingerprint(string normalized) => Convert.ToHexStringLower(box.Index("sign-in", normalized) ?? [])[..16];

    private static object From(SignInRequest request) => new { network = Network(request.Address), browser = BrowserOf(request.Browser) };

    // Enough to see "that was not me", not enough to follow somebody about.
    internal static string? Network(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return address switch
        {
            null => null,
            { AddressFamily: AddressFamily.InterNetwork } => string.Join('.', address.GetAddressBytes()[..2]) + ".*.*",
            _ => Convert.ToHexStringLower(address.GetAddressBytes()[..6]) + "::",
        };
    }

    internal static string BrowserOf(string? agent)
    {
        var name = First(agent, ("MicroMessenger", "WeChat"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"));
        var system = First(agent, ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"));
        return (name, system) is (null, null) ? "" : $"{name} {system}".Trim();
    }

    private static string? First(string? agent, params (string Mark, string Name)[] known) =>
        agent is null ? null : known.FirstOrDefault(k => agent.Contains(k.Mark, StringComparison.Ordinal)).Name;
}

/// <summary>Stands in for accounts that do not exist, so that checking their password takes as long.</summary>
internal sealed class StandIn(IOptions<PasswordHasherOptions> options)
{
    private readonly Lazy<string> _hash = new(() => new PasswordHasher<Account>(options).HashPassword(new Account(), Passwords.Make()));

    public Account Account { get; } = new();

    public string Hash => _hash.Value;
}
