using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Journal;

namespace Tongxin.Platform.MyAccount;

/// <summary>What the system knows and allows about the own account.</summary>
internal sealed class MyAccountView(TongxinDb db, GrantList grants, TimeProvider clock)
{
    private const int Most = 10;

    // Whoever else tried, or gave me a new password, is as interesting as my own sign-ins.
    private static readonly string[] Shown =
    [
        "platform.sign-in.done", "platform.sign-in.refused", "platform.sign-out.everywhere", "platform.password.changed", "platform.password.reset",
    ];

    public async Task<MyAccountFacts> ReadAsync(Actor actor, CancellationToken ct)
    {
        var account = await db.Users.AsNoTracking().SingleAsync(a => a.Id == actor.AccountId, ct);
        var lines = await db.Set<JournalEntry>().AsNoTracking()
            .Where(e => e.SubjectId == actor.AccountId && Shown.Contains(e.Action))
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Most).ToListAsync(ct);
        return new MyAccountFacts(account, await grants.OfAsync(account, clock.GetUtcNow(), ct), [.. lines.Select(ToEvent)]);
    }

    private static AccountEvent ToEvent(JournalEntry entry)
    {
        using var json = entry.Details is null ? null : JsonDocument.Parse(entry.Details);
        return new AccountEvent(entry.At, entry.Action, entry.Why, Text(json, "network"), Text(json, "browser"));
    }

    private static string? Text(JsonDocument? json, string name) =>
        json is not null && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

internal sealed record MyAccountFacts(Account Account, IReadOnlyList<GrantLine> Grants, IReadOnlyList<AccountEvent> Events);

/// <summary>Something that happened to the account: a sign-in, a refusal, a new password.</summary>
internal sealed record AccountEvent(DateTimeOffset At, string Action, string? Why, string? Network, string? Browser);
