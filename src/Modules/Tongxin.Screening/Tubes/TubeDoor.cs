using Tongxin.Platform.Data;

namespace Tongxin.Screening.Tubes;

/// <summary>
/// How many batches are written at once and how many may wait: a rush waits here, in order, instead of at the database; who comes when
/// the room is full is told to come again.
/// </summary>
internal sealed class TubeDoor(Dialect dialect) : IDisposable
{
    private const int Writers = 4;
    private const int MostWaiting = 256;

    private readonly SemaphoreSlim _writers = new(dialect.OneWriter ? 1 : Writers);
    private int _inside;

    /// <summary>Does the work when it is its turn; null: the room is full.</summary>
    public async Task<T?> EnterAsync<T>(Func<Task<T>> work, CancellationToken ct) where T : class
    {
        if (Interlocked.Increment(ref _inside) > MostWaiting)
        {
            Interlocked.Decrement(ref _inside);
            return null;
        }

        try
        {
            await _writers.WaitAsync(ct);
            try
            {
                return await work();
            }
            finally
            {
                _writers.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _writers.Dispose();
}
