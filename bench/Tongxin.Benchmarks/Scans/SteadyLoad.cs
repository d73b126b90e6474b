using System.Diagnostics;
using Tongxin.Benchmarks.Harness;
using Tongxin.TestKit.Gates;

namespace Tongxin.Benchmarks.Scans;

/// <summary>Open-loop load: so many scans a second, due whether the last was answered or not; times count from when each was due.</summary>
internal static class SteadyLoad
{
    public const int Connections = 64;

    public static async Task<Sample> RunAsync(Uri address, GateCrew crew, int perSecond, int seconds, CancellationToken ct)
    {
        var clients = Enumerable.Range(0, Connections).Select(i => new ScanClient(address, crew.Gate, crew.Tokens[i % crew.Tokens.Count])).ToList();
        try
        {
            // A round for each connection, so that none is opened while it counts.
            foreach (var client in clients) await client.SendAsync(ScanClient.NewIds(1), ct);
            var times = new Sample();
            var free = new System.Collections.Concurrent.ConcurrentQueue<ScanClient>(clients);
            var sending = new List<Task>();
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < perSecond * seconds; i++)
            {
                var due = TimeSpan.FromSeconds((double)i / perSecond);
                var early = due - Stopwatch.GetElapsedTime(began);
                if (early > TimeSpan.FromMilliseconds(1)) await Task.Delay(early, ct);
                sending.Add(SendAsync(due));
            }
            await Task.WhenAll(sending);
            return times;

            async Task SendAsync(TimeSpan due)
            {
                if (!free.TryDequeue(out var client)) client = clients[0];
                var reply = await client.SendAsync(ScanClient.NewIds(1), ct);
                var took = (Stopwatch.GetElapsedTime(began) - due).TotalMilliseconds;
                free.Enqueue(client);
                lock (times) times.Add(reply.Status == 200 ? took : 10_000);
            }
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }
}
