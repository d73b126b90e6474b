using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Access;

internal sealed class AccountBook(
    TongxinDb db, GrantDesk grants, DemoAccounts demo, ILookupNormalizer normalizer, IPasswordHasher<Account> hasher, TimeProvider clock) : IAccounts
{
    public async Task<Result<CreatedAccount>> CreateAsync(NewAccount asked, Actor actor, CancellationToken ct)
    {
        var name = UserNames.Clean(asked.UserName);
        if (!UserNames.IsFit(name)) return Error.Invalid("platform.account.name");
        if (string.IsNullOrWhiteSpace(asked.DisplayName) || asked.DisplayName.Length > 64) return Error.Invalid("platform.account.display-name");
        if (asked.EndsAt <= clock.GetUtcNow()) return Error.Invalid("platform.account.end");
        var normalized = normalizer.NormalizeName(name);
        if (await db.Users.AnyAsync(a => a.NormalizedUserName == normalized, ct)) return Error.Conflict("platform.account.taken", name);

        var password = Passwords.Make();
        var account = New(name, normalized, asked.DisplayName.Trim());
        (account.PersonId, account.UnitId, account.EndsAt, account.MustChangePassword) = (asked.PersonId, asked.UnitId, asked.EndsAt, true);
        account.PasswordHash = hasher.HashPassword(account, password);
        db.Add(account);
        db.Record(actor, "platform.account.created", "account", account.Id, asked.Why, new { asked.PersonId, asked.UnitId, asked.EndsAt });
        return new CreatedAccount(account.Id, password);
    }

    public async Task<Result> LinkAsync(Guid accountId, Guid personId, string reason, Actor actor, CancellationToken ct)
    {
        var account = await FindAsync(accountId, reason, actor, ct);
        if (account.IsFailure) return account.Error;
        if (personId == actor.PersonId) return Error.Forbidden("platform.account.own");
        if (account.Value.PersonId is not null) return Error.Conflict("platform.account.linked");
        account.Value.PersonId = personId;
        db.Record(actor, "platform.account.linked", "account", accountId, reason, new { personId });
        return Result.Ok;
    }

    public Task<Result<GrantAnswer>> GrantAsync(NewGrant grant, Actor actor, CancellationToken ct) => grants.AskAsync(grant, actor, ct);

    public Task<Result> EndGrantAsync(Guid grantId, string reason, Actor actor, CancellationToken ct) => grants.EndAsync(grantId, reason, actor, ct);

    public async Task<Result> EndAsync(Guid accountId, string reason, Actor actor, CancellationToken ct)
    {
        var account = await FindAsync(accountId, reason, actor, ct);
        if (account.IsFailure) return account.Error;

        var now = clock.GetUtcNow();
        account.Value.EndsAt = now;
        account.Value.SecurityStamp = Ids.New().ToString("N");
        foreach (var grant in await db.Set<Grant>().Where(g => g.AccountId == accountId).ToListAsync(ct)) grant.End(now);
        db.Record(actor, "platform.account.ended", "account", accountId, reason);
        return Result.Ok;
    }

    public async Task<Result<string>> ResetPasswordAsync(Guid accountId, string reason, Actor actor, CancellationToken ct)
    {
        var account = await FindAsync(accountId, reason, actor, ct);
        if (account.IsFailure) return account.Error;

        var password = Passwords.Make();
        SetPassword(account.Value, password);
        account.Value.MustChangePassword = true;
        // Whoever hands out a password could use it first: what needed a second person is asked for again.
        var ended = await grants.EndFarReachingAsync(accountId, ct);
        db.Record(actor, "platform.password.reset", "account", accountId, reason, new { ended });
        return password;
    }

    public Task EnsureDemoAsync(IReadOnlyList<DemoAccount> accounts, CancellationToken ct) => demo.EnsureAsync(accounts, ct);

    /// <summary>A new password ends every session and lock-out.</summary>
    internal void SetPassword(Account account, string password)
    {
        account.PasswordHash = hasher.HashPassword(account, password);
        account.SecurityStamp = Ids.New().ToString("N");
        account.MustChangePassword = false;
        (account.AccessFailedCount, account.LockoutEnd) = (0, null);
    }

    private Account New(string name, string? normalized, string display) => new()
    {
        Id = Ids.New(),
        UserName = name,
        NormalizedUserName = normalized,
        DisplayName = display,
        CreatedAt = clock.GetUtcNow(),
        SecurityStamp = Ids.New().ToString("N"),
        LockoutEnabled = true,
    };

    // One's own account is changed on one's own page, with the old password.
    private async Task<Result<Account>> FindAsync(Guid id, string reason, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return Error.Invalid("platform.reason.missing");
        if (id == actor.AccountId) return Error.Forbidden("platform.account.own");
        if (await db.Users.SingleOrDefaultAsync(a => a.Id == id, ct) is not { } account) return Error.NotFound("platform.account.none");
        return account.HasEnded(clock.GetUtcNow()) ? Error.Conflict("platform.account.ended") : account;
    }
}
