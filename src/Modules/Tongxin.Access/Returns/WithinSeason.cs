using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>
/// Does one thing to one record with its season held: whoever takes, gives back or plans places waits for the others. A refusal leaves no
/// trace; two who meet at one record are done one after the other.
/// </summary>
internal sealed class WithinSeason(TongxinDb db, Seats seats)
{
    private const int Turns = 4;

    public async Task<Result> DoAsync(Guid recordId, Func<ReturnRecord, ReturnSeason, Task<Result>> act, CancellationToken ct)
    {
        for (var turn = 1; ; turn++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var season = await db.Set<ReturnRecord>().Where(r => r.Id == recordId).Select(r => (Guid?)r.SeasonId).SingleOrDefaultAsync(ct);
            if (season is null) return ReturnErrors.NotFound;
            await seats.HoldAsync(season.Value, ct);
            var record = await db.Set<ReturnRecord>().SingleAsync(r => r.Id == recordId, ct);
            var done = await act(record, await db.Set<ReturnSeason>().AsNoTracking().SingleAsync(s => s.Id == season, ct));
            if (done.IsFailure)
            {
                db.Forget();
                return done;
            }
            try
            {
                await db.CommitAsync(ct);
                await transaction.CommitAsync(ct);
                return Result.Ok;
            }
            catch (DbUpdateException failure) when (turn < Turns && (failure is DbUpdateConcurrencyException || db.Dialect.IsUniqueViolation(failure)))
            {
                db.Forget();
            }
        }
    }
}
