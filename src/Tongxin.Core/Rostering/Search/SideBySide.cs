using System.Runtime.ExceptionServices;

namespace Tongxin.Core.Rostering.Search;

/// <summary>Runs the same work for each of a few numbers at once and returns when all are done. A search owns its threads: no pool is starved.</summary>
internal static class SideBySide
{
    /// <summary>Rows of a year-long roster are worked on recursively nowhere, but their tables lie on the stack in places.</summary>
    private const int Stack = 4 << 20;

    public static void Run(int count, Action<int> work)
    {
        if (count == 1)
        {
            work(0);
            return;
        }

        ExceptionDispatchInfo? failure = null;
        var threads = Enumerable.Range(1, count - 1).Select(i => new Thread(() => Guarded(i), Stack) { IsBackground = true }).ToList();
        threads.ForEach(t => t.Start());
        Guarded(0);
        threads.ForEach(t => t.Join());
        failure?.Throw();

        void Guarded(int i)
        {
            try
            {
                work(i);
            }
#pragma warning disable CA1031 // Whatever it is, it is thrown again on the caller's thread.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
            }
        }
    }
}
