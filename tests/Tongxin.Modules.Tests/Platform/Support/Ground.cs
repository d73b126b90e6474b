using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tongxin.Host;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.TestKit;
using Tongxin.TestKit.Databases;

namespace Tongxin.Modules.Tests.Platform.Support;

/// <summary>The product built but not started: no worker runs unless the test calls it.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Ground(WebApplication app, TestDatabase database, FakeTimeProvider clock) => (_app, Database, Clock) = (app, database, clock);

    public TestDatabase Database { get; }

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<Ground> MakeAsync(Provider provider, Action<IServiceCollection>? replace = null) =>
        Over(await TestDatabase.CreateAsync(provider), new FakeTimeProvider(), replace);

    /// <summary>On a database without a table.</summary>
    public static async Task<Ground> MakeEmptyAsync(Provider provider) =>
        Over(await TestDatabase.CreateUnmigratedAsync(provider), new FakeTimeProvider(), null);

    /// <summary>A second node on the same database.</summary>
    public Ground Another(Action<IServiceCollection>? replace = null) => Over(Database, Clock, replace);

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async Task<TResult> InAsync<TService, TResult>(Func<TService, Task<TResult>> act) where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<T> DbAsync<T>(Func<TongxinDb, Task<T>> act) => InAsync(act);

    /// <summary>A statement past the product, as an intruder would write it.</summary>
    public Task<int> SqlAsync(string sql) => DbAsync(db => db.Database.ExecuteSqlRawAsync(sql));

    /// <summary>One committed journal entry.</summary>
    public Task<int> RecordAsync(string action, string? why = null) => DbAsync(async db =>
    {
        db.Record(Actor.System, action, "test", Ids.New(), why, new { number = 1 });
        await db.CommitAsync(CancellationToken.None);
        return 1;
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static Ground Over(TestDatabase database, FakeTimeProvider clock, Action<IServiceCollection>? replace)
    {
        var app = HostProgram.Build([.. database.Arguments, "--urls=http://127.0.0.1:0"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            replace?.Invoke(builder.Services);
        });
        return new Ground(app, database, clock);
    }
}
