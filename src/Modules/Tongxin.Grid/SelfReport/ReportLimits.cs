using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Data;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.SelfReport;

/// <summary>
/// How often a phone tail may be tried: five times an hour for a code, forty for an address. Counted before the tail is looked
/// at, and for codes that do not exist too, so that neither speed nor many at once tells anything.
/// </summary>
internal sealed class ReportLimits(TongxinDb db, SecretBox box, TimeProvider clock)
{
    public const int PerCode = 5;
    public const int PerAddress = 40;
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Takes one try; false when there are none left.</summary>
    public async Task<bool> TakeAsync(string code, string address, CancellationToken ct)
    {
        var ofCode = await CountAsync(Key("code", code), ct);
        var ofAddress = await CountAsync(Key("address", address), ct);
        return ofCode <= PerCode && ofAddress <= PerAddress;
    }

    /// <summary>The tail was right: the household may come again.</summary>
    public Task ForgiveAsync(string code, CancellationToken ct)
    {
        var key = Key("code", code);
        return db.Set<ReportTries>().Where(t => t.Key == key).ExecuteDeleteAsync(ct);
    }

    private async Task<int> CountAsync(string key, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now - Window;
        for (var turn = 0; ; turn++)
        {
            // Counted and read in one transaction: of many tries at once each sees its own number.
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var known = await db.Set<ReportTries>().Where(t => t.Key == key).ExecuteUpdateAsync(
                s => s.SetProperty(t => t.Failures, t => t.Since < since ? 1 : t.Failures + 1).SetProperty(t => t.Since, t => t.Since < since ? now : t.Since), ct);
            var count = known == 0 ? 1 : await db.Set<ReportTries>().Where(t => t.Key == key).Select(t => t.Failures).SingleAsync(ct);
            try
            {
                if (known == 0)
                {
                    var first = db.Add(ReportTries.Start(key, now));
                    await db.SaveChangesAsync(ct);
                    first.State = EntityState.Detached;
                }
                await transaction.CommitAsync(ct);
                return count;
            }
            catch (DbUpdateException failure) when (turn == 0 && db.Dialect.IsUniqueViolation(failure))
            {
                db.Forget();
            }
        }
    }

    private string Key(string kind, string value) => $"{kind}:{Convert.ToHexString(box.Index("grid.report", value) ?? [])}";
}
