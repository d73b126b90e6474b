using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Tongxin.Platform.Data;

/// <summary>Answers an event of a lower module, inside the transaction that raised it. May raise further events.</summary>
public interface IHandle<in TEvent>
{
    /// <summary>Do what follows from the event. An exception rolls everything back.</summary>
    Task HandleAsync(TEvent happened, CancellationToken ct);
}

/// <summary>
/// Looks at the rows of a commit before they are saved, whichever slice changed them, and may raise events, which are answered in the
/// same transaction. For what is kept beside rows: no slice can forget to say that it changed one.
/// </summary>
public interface IWatchCommits
{
    /// <summary>Called inside the transaction with the changes still marked as such. Raises; writes nothing itself.</summary>
    Task SavingAsync(TongxinDb db, CancellationToken ct);
}

/// <summary>Finds the handlers of an event in the container; no registry of its own.</summary>
internal static class EventDispatcher
{
    private static readonly ConcurrentDictionary<Type, Invoker> Invokers = new();

    public static Task DispatchAsync(IServiceProvider services, object happened, CancellationToken ct) =>
        Invokers.GetOrAdd(happened.GetType(), type =>
            (Invoker)(Activator.CreateInstance(typeof(Invoker<>).MakeGenericType(type)) ?? throw new InvalidOperationException(type.Name)))
        .InvokeAsync(services, happened, ct);

    private abstract class Invoker
    {
        public abstract Task InvokeAsync(IServiceProvider services, object happened, CancellationToken ct);
    }

    private sealed class Invoker<TEvent> : Invoker
    {
        public override async Task InvokeAsync(IServiceProvider services, object happened, CancellationToken ct)
        {
            foreach (var handler in services.GetServices<IHandle<TEvent>>())
                await handler.HandleAsync((TEvent)happened, ct);
        }
    }
}
