using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Journal;

/// <summary>What the journal says of one row. It asks nobody's permission: the slice has checked that the actor may see the row.</summary>
public interface IJournalReader
{
    /// <summary>The latest entries about any of the subjects, newest first. No reasons and details: those are the auditor's.</summary>
    Task<IReadOnlyList<JournalLine>> AboutAsync(IReadOnlyCollection<Guid> subjects, int limit, CancellationToken ct);
}

/// <summary>Who did what when.</summary>
/// <param name="At">When.</param>
/// <param name="Action">Code of the action, "module.noun.verb".</param>
/// <param name="Who">Shown name of the account; "system" for the machine.</param>
public sealed record JournalLine(DateTimeOffset At, string Action, string Who);

internal sealed class JournalReader(TongxinDb db) : IJournalReader
{
    public async Task<IReadOnlyList<JournalLine>> AboutAsync(IReadOnlyCollection<Guid> subjects, int limit, CancellationToken ct) =>
        await (
            from j in db.Set<JournalEntry>().AsNoTracking()
            where j.SubjectId != null && subjects.Contains(j.SubjectId.Value)
            join a in db.Users on j.AccountId equals a.Id into accounts
            from account in accounts.DefaultIfEmpty()
            orderby j.At descending, j.Id descending
            select new JournalLine(j.At, j.Action, account == null ? Actor.System.Name : account.DisplayName)).Take(limit).ToListAsync(ct);
}
