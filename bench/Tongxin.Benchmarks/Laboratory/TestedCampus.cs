using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Host;
using Tongxin.Host.Commands;
using Tongxin.Host.Commands.Drills;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;
using Tongxin.TestKit.Databases;

namespace Tongxin.Benchmarks.Laboratory;

/// <summary>The product with PostgreSQL as an installation runs it, serving, and 30,000 people of a round in 3,000 tubes.</summary>
internal sealed class TestedCampus : IAsyncDisposable
{
    public const int People = 30_000;
    public const int Tubes = People / SampledRound.PoolSize;

    private readonly string _data = Directory.CreateTempSubdirectory("tongxin-bench-").FullName;
    private readonly WebApplication _app;

    private TestedCampus()
    {
        Cluster = OwnPostgres.Start();
        _app = CommandLine.BuildQuietly(["--Tongxin:Database=postgres", $"--Tongxin:Connection={Cluster.NewDatabase()}", $"--Tongxin:Data={_data}", "--urls=http://127.0.0.1:0"]);
    }

    public OwnPostgres Cluster { get; }

    public static async Task<(TestedCampus Campus, SampledRound Round)> BuildAsync(CancellationToken ct)
    {
        var campus = new TestedCampus();
        await HostProgram.MigrateAsync(campus._app.Services, ct);
        var round = await SampledRound.BuildAsync(new DrillStage(campus._app.Services, TextWriter.Null), People, ct);
        if (round.Tubes.Count != Tubes) throw new InvalidOperationException($"{round.Tubes.Count} tubes instead of {Tubes}.");
        await campus._app.StartAsync(ct);
        await campus.SettleAsync(ct);
        return (campus, round);
    }

    public async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> act) where TService : notnull
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Until nothing is left in the outbox, and with statistics as a server has them that has run for a while.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        while (await DoAsync((TongxinDb db) => db.Set<OutboxMessage>().AnyAsync(m => m.DoneAt == null && m.DueAt <= TimeProvider.System.GetUtcNow(), ct))) await Task.Delay(200, ct);
        await DoAsync((TongxinDb db) => db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE", ct));
        await DoAsync((TongxinDb db) => db.Database.ExecuteSqlRawAsync("CHECKPOINT", ct));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Cluster.Dispose();
        Directory.Delete(_data, recursive: true);
    }
}
