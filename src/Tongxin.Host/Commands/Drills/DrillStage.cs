using Tongxin.Core.Common;

namespace Tongxin.Host.Commands.Drills;

/// <summary>What a drill does and says: each step a request of its own, each check a line in both languages.</summary>
internal sealed class DrillStage(IServiceProvider services, TextWriter output)
{
    /// <summary>Nothing has failed so far.</summary>
    public bool Holds { get; private set; } = true;

    public DateTimeOffset Now => services.GetRequiredService<TimeProvider>().GetUtcNow();

    public void Say(string chinese, string english) => output.WriteLine($"{chinese}  {english}");

    public void Check(bool holds, string chinese, string english)
    {
        Holds &= holds;
        output.WriteLine($"{(holds ? "通过 ok  " : "失败 FAIL")}  {chinese}  {english}");
    }

    public async Task<T> DoAsync<TService, T>(Func<TService, Task<T>> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async Task<T> MustAsync<TService, T>(Func<TService, Task<Result<T>>> act) where TService : notnull
    {
        var done = await DoAsync(act);
        return done.IsFailure ? throw new InvalidOperationException(done.Error.Code) : done.Value;
    }

    public async Task MustAsync<TService>(Func<TService, Task<Result>> act) where TService : notnull
    {
        var done = await DoAsync(act);
        if (done.IsFailure) throw new InvalidOperationException(done.Error.Code);
    }
}
