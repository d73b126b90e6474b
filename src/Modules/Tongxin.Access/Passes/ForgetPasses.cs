using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Passes;

/// <summary>
/// A fortnight after its end a pass is forgotten: as long as passages at gates are kept, somebody may have to be found by its reference,
/// and not a day longer.
/// </summary>
internal sealed class ForgetPasses(TongxinDb db, TimeProvider clock) : IAccessChime
{
    public static readonly TimeSpan Keep = TimeSpan.FromDays(14);

    public async Task RingAsync(CancellationToken ct)
    {
        var until = clock.GetUtcNow() - Keep;
        if (!await db.Set<IssuedPass>().AnyAsync(p => p.ExpiresAt < until, ct)) return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var count = await db.Set<IssuedPass>().Where(p => p.ExpiresAt < until).ExecuteDeleteAsync(ct);
        db.Record(Actor.System, "access.passes.forgotten", "pass", null, details: new { count });
        await db.CommitAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
