using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Host;
using Tongxin.Platform.Http;

namespace Tongxin.Benchmarks.Scans;

/// <summary>
/// The second reference: the product's own Kestrel, and in the place of the intake, before all of the pipeline, a handler that reads the same
/// body to its end and answers as many bytes.
/// </summary>
internal sealed class EmptyPost : IDisposable
{
    public const string Verb = "empty-post";

    private const string Path = "/empty";

    private static readonly byte[] Answer = "{\"results\":[{\"id\":\"0190a000-0000-7000-8000-000000000000\",\"verdict\":\"recorded\"}]}"u8.ToArray();

    private readonly Process _process;

    private EmptyPost(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>In a process of its own, as the product is.</summary>
    public static async Task<EmptyPost> StartAsync(CancellationToken ct)
    {
        var root = $"http://127.0.0.1:{FreePort()}";
        var address = new Uri(root + Path);
        var start = new ProcessStartInfo("dotnet", [typeof(EmptyPost).Assembly.Location, Verb, root]) { UseShellExecute = false, RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The empty handler did not start.");
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await http.PostAsync(address, new StringContent("{}"), ct);
                return new EmptyPost(process, address);
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(20, ct);
            }
        }
    }

    /// <summary>What the child does.</summary>
    public static async Task<int> ServeAsync(string address)
    {
        var data = Directory.CreateTempSubdirectory("tongxin-empty-").FullName;
        await using var app = HostProgram.Build([$"--Tongxin:Data={data}", $"--urls={address}"], b => b.Services.AddSingleton<IFastLane, Lane>());
        await HostProgram.MigrateAsync(app.Services, CancellationToken.None);
        await app.RunAsync();
        return 0;
    }

    public void Dispose()
    {
        // Its folder lies in the temporary one and is empty of anything that counts.
        _process.Kill();
        _process.Dispose();
    }

    private static async Task HandleAsync(HttpContext http)
    {
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync(http.RequestAborted);
            http.Request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Answer.Length;
        await http.Response.BodyWriter.WriteAsync(Answer);
    }

    private sealed class Lane : IFastLane
    {
        public string Path => EmptyPost.Path;

        public bool TryAnswer(HttpContext http, [NotNullWhen(true)] out Task? answer)
        {
            answer = HandleAsync(http);
            return true;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
