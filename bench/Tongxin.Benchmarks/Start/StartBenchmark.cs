using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Tongxin.Benchmarks.Harness;

namespace Tongxin.Benchmarks.Start;

/// <summary>From <c>./do run</c> on a built tree with a seeded database to the first answer of /health/live.</summary>
internal sealed class StartBenchmark : IBenchmark
{
    private const int Starts = 5;
    private const double MostSeconds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public string Name => "start";

    public string About => $"./do run from a built tree until its first answer, median of {Starts}";

    public async Task<Measurement> RunAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("tongxin-bench-").FullName;
        try
        {
            // The first start builds what is not built yet and seeds the demo.
            var first = await StartAsync(folder, ct);
            var later = new Sample();
            for (var i = 0; i < Starts; i++) later.Add(await StartAsync(folder, ct));
            return new Measurement($"{MostSeconds} s", later.Median / MostSeconds, 1, new Dictionary<string, object>
            {
                ["first start with seeding s"] = Math.Round(first, 2),
                ["start s (median)"] = Math.Round(later.Median, 2),
                ["start s (slowest)"] = Math.Round(later.At(1), 2),
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> StartAsync(string folder, CancellationToken ct)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "do"), ["run", "--", $"--urls=http://127.0.0.1:{port}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
            Environment = { ["Tongxin__Data"] = folder },
        };
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var started = Stopwatch.GetTimestamp();
        using var host = Process.Start(start) ?? throw new InvalidOperationException("./do did not start.");
        host.OutputDataReceived += (_, _) => { };
        host.BeginOutputReadLine();
        try
        {
            while (!await AnswersAsync(http, ct))
            {
                if (host.HasExited) throw new InvalidOperationException($"./do run ended with {host.ExitCode}.");
                if (Stopwatch.GetElapsedTime(started) > Patience) throw new TimeoutException("./do run does not answer.");
                await Task.Delay(10, ct);
            }

            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            host.Kill(entireProcessTree: true);
            await host.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/live", UriKind.Relative), ct);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
