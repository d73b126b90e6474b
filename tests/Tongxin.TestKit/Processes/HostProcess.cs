using System.Collections.Concurrent;
using System.Diagnostics;
using Tongxin.Host;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;

namespace Tongxin.TestKit.Processes;

/// <summary>The real program in a process of its own: to be ended without a word, or asked for its exit code.</summary>
public sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly SemaphoreSlim _more = new(0);

    private HostProcess(string[] arguments, bool longLived = false, IReadOnlyDictionary<string, string>? environment = null)
    {
        PostgresShelf.Lend(arguments);
        var start = new ProcessStartInfo("dotnet", [typeof(HostProgram).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A program that lives for seconds gains nothing from measuring itself.
        if (!longLived) start.Environment["DOTNET_TieredPGO"] = "0";
        if (environment is not null) foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All that it has said so far, errors too.</summary>
    public string Said => string.Join('\n', _lines);

    public bool HasEnded => _process.HasExited;

    /// <summary>What it has used of the processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Where it answers, once it serves.</summary>
    public Uri Address { get; private set; } = new("http://localhost/");

    public static HostProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Starts it on a free port and waits until it answers there.</summary>
    public static Task<HostProcess> ServeAsync(params string[] arguments) => ServeAsync(Start(["run", .. arguments, "--urls=http://127.0.0.1:0"]));

    /// <summary>The same as an installation runs it, to be measured.</summary>
    public static Task<HostProcess> ServeToMeasureAsync(params string[] arguments) => ServeAsync(new HostProcess(["run", .. arguments, "--urls=http://127.0.0.1:0"], longLived: true));

    private static async Task<HostProcess> ServeAsync(HostProcess host)
    {
        try
        {
            var line = await host.WaitForLineAsync("answers at");
            host.Address = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0]);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>A visitor who has not signed in.</summary>
    public Visitor Anonymous() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, Address, new System.Net.CookieContainer(), new ErrorLog());

    /// <summary>Runs it to its end.</summary>
    public static Task<(int Code, string Said)> RunAsync(params string[] arguments) => RunToEndAsync(Start(arguments));

    /// <summary>The same with more in its environment.</summary>
    public static Task<(int Code, string Said)> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) => RunToEndAsync(new HostProcess(arguments, environment: environment));

    private static async Task<(int Code, string Said)> RunToEndAsync(HostProcess started)
    {
        using var host = started;
        using var patience = new CancellationTokenSource(Patience);
        await host._process.WaitForExitAsync(patience.Token);
        return (host._process.ExitCode, host.Said);
    }

    /// <summary>Waits for a line that has the text; fails when the program ends or stays silent instead.</summary>
    public async Task<string> WaitForLineAsync(string text)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Patience)
        {
            if (_lines.FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal)) is { } line) return line;
            if (HasEnded) break;
            await _more.WaitAsync(TimeSpan.FromMilliseconds(200));
        }
        throw new InvalidOperationException($"No line with '{text}'. It said: {Said}");
    }

    /// <summary>As <c>kill -9</c>: nothing is finished, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        _more.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        _more.Release();
    }
}
