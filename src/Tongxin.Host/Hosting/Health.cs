using Microsoft.EntityFrameworkCore;
using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;

namespace Tongxin.Host.Hosting;

/// <summary>Live: the process answers. Ready: it can do its work. Both tell no more than that to whoever asks.</summary>
internal static class Health
{
    private const long LeastFreeBytes = 200L * 1024 * 1024;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("ok", "text/plain")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(TongxinDb db, WorkerPulse pulse, IEnumerable<IIntakeHealth> intakes, PlatformSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var (database, migrated) = await LookAsync(db, ct);
        var checks = new Dictionary<string, bool>(StringComparer.Ordinal)
        {
            ["database"] = database,
            ["migrated"] = migrated,
            ["worker"] = pulse.Last is { } last && clock.GetUtcNow() - last < LongestSilence,
            ["intake"] = intakes.All(i => i.IsWell),
            ["disk"] = new DriveInfo(settings.DataFolder).AvailableFreeSpace > LeastFreeBytes,
        };
        var ready = checks.Values.All(well => well);
        return TypedResults.Json(new { ready, checks }, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<(bool Answers, bool Migrated)> LookAsync(TongxinDb db, CancellationToken ct)
    {
        try
        {
            return (true, !(await db.Database.GetPendingMigrationsAsync(ct)).Any());
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return (false, false);
        }
    }
}
