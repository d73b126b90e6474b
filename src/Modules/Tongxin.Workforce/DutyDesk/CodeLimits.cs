using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.DutyDesk;

/// <summary>How often somebody may try a code: five times in five minutes, counted before the code is looked at.</summary>
internal sealed class CodeLimits(TongxinDb db, TimeProvider clock)
{
    public const int Most = 5;
    private static readonly TimeSpan While = TimeSpan.FromMinutes(5);

    /// <summary>Takes one try; false when there are none left.</summary>
    public async Task<bool> TakeAsync(Guid person, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now - While;
        for (var round = 0; ; round++)
        {
            var known = await db.Set<CodeTries>().Where(t => t.PersonId == person).ExecuteUpdateAsync(
                s => s.SetProperty(t => t.Failures, t => t.Since < since ? 1 : t.Failures + 1).SetProperty(t => t.Since, t => t.Since < since ? now : t.Since), ct);
            // Gone again: another of the person's own requests had the right code.
            if (known > 0) return await db.Set<CodeTries>().AsNoTracking().Where(t => t.PersonId == person).Select(t => (int?)t.Failures).SingleOrDefaultAsync(ct) is not > Most;
            var first = db.Add(CodeTries.First(person, now));
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException failure) when (round == 0 && db.Dialect.IsUniqueViolation(failure))
            {
                // Somebody else's first try was faster: count on theirs.
            }
            finally
            {
                first.State = EntityState.Detached;
            }
        }
    }

    /// <summary>The code was right.</summary>
    public Task ForgiveAsync(Guid person, CancellationToken ct) => db.Set<CodeTries>().Where(t => t.PersonId == person).ExecuteDeleteAsync(ct);
}
