using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.SignIn;

namespace Tongxin.Platform.MyAccount;

/// <summary>A new password for the own account; the old one is asked for, and every other session ends.</summary>
internal sealed class ChangePassword(
    TongxinDb db, AccountBook book, IPasswordHasher<Account> hasher, SignInManager<Account> cookies, SignInLimits limits)
{
    public async Task<Result> ExecuteAsync(string old, string wanted, string again, Actor actor, CancellationToken ct)
    {
        var account = await db.Users.SingleAsync(a => a.Id == actor.AccountId, ct);
        // An unlocked phone must not become a place to guess the password.
        if (limits.Take(account.NormalizedUserName ?? "") is { } wait) return Error.Conflict(SignInWithPassword.TooOften, (int)Math.Ceiling(wait.TotalSeconds));
        if (!Matches(account, old)) return Error.Invalid("platform.password.old");
        if (wanted != again) return Error.Invalid("platform.password.repeat");
        if (Passwords.Check(wanted, account.UserName ?? "") is { IsFailure: true } unfit) return unfit;
        if (Matches(account, wanted)) return Error.Invalid("platform.password.same");

        book.SetPassword(account, wanted);
        db.Record(actor, "platform.password.changed", "account", account.Id);
        await db.CommitAsync(ct);
        await cookies.RefreshSignInAsync(account);
        return Result.Ok;
    }

    private bool Matches(Account account, string password) =>
        password.Length is > 0 and <= Passwords.Longest
        && hasher.VerifyHashedPassword(account, account.PasswordHash ?? "", password) != PasswordVerificationResult.Failed;
}
