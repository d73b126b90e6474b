using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Screening.Contracts;
using Tongxin.Screening.Laboratory.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>
/// Notices that the time of a recheck is over: once for each due instant, on whichever node and however late. What is late stays what it
/// is: the clock makes nobody positive, nobody negative, and restricts nobody.
/// </summary>
internal sealed class RingRechecks(TongxinDb db, TellStaff staff, TimeProvider clock)
{
    private const int AtOnce = 200;

    /// <summary>Commits. The answer is how many rang.</summary>
    public async Task<int> RingAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var over = await db.Set<RecheckTask>().Where(r => r.DueAt != null && r.DueAt <= now && r.RangAt == null).OrderBy(r => r.DueAt).Take(AtOnce).ToListAsync(ct);
        var rang = new List<RecheckTask>();
        foreach (var recheck in over)
        {
            if (recheck.DueAt is not { } due || !recheck.Ring(now)) continue;
            db.Add(RecheckStep.Of(recheck, RecheckStepKind.Late, now));
            db.Record(Actor.System, "screening.recheck.late", "person", recheck.PersonId, details: new { recheck = recheck.Id, minutes = (long)(now - due).TotalMinutes });
            db.Raise(new RecheckEscalated(recheck.Id, recheck.RoundId, recheck.PersonId, false, due));
            rang.Add(recheck);
        }

        if (rang.Count == 0) return 0;
        foreach (var ofRound in rang.Where(r => r.State == RecheckState.Open).GroupBy(r => r.RoundId)) await staff.TellAsync(ofRound.Key, TellStaff.Urgent, [.. ofRound], ct);
        try
        {
            await db.CommitAsync(ct);
            return rang.Count;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another node, or a result, was faster: what is left comes with the next minute.
            db.Forget();
            return 0;
        }
    }
}

/// <summary>Rings each minute. All of it is in the database: a restart loses nothing.</summary>
internal sealed partial class RecheckClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<RecheckClock> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<RingRechecks>().RingAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.Failed(logger, failure.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4021, LogLevel.Error, "The clock of rechecks failed: {Failure}")]
        public static partial void Failed(ILogger logger, string failure);
    }
}
