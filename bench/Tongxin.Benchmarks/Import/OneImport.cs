using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tongxin.Benchmarks.Harness;
using Tongxin.Host;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;

namespace Tongxin.Benchmarks.Import;

/// <summary>A process of its own that serves and imports once, to see how much memory that takes at most.</summary>
internal static class OneImport
{
    /// <summary>Starts the child and reads what it says.</summary>
    public static async Task<double> PeakMegabytesAsync(Provider provider, CancellationToken ct)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var file = Path.Combine(database.DataFolder, PopulationFile.Name);
        await File.WriteAllBytesAsync(file, PopulationFile.Bytes, ct);
        var program = Path.Combine(AppContext.BaseDirectory, $"{typeof(OneImport).Assembly.GetName().Name}.dll");
        var start = new ProcessStartInfo("dotnet", [program, "one-import", file, .. database.Arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var child = Process.Start(start) ?? throw new InvalidOperationException("The child did not start.");
        var said = await child.StandardOutput.ReadToEndAsync(ct);
        await child.WaitForExitAsync(ct);
        if (child.ExitCode != 0) throw new InvalidOperationException("The child failed.");
        return double.Parse(said.Trim().Split('\n')[^1]);
    }

    /// <summary>The child: the last line is the largest resident memory it ever had, in MB.</summary>
    public static async Task<int> RunAsync(string file, string[] settings)
    {
        await using var app = HostProgram.Build([.. settings, "--urls=http://127.0.0.1:0"], builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await using var content = File.OpenRead(file);
            var result = await scope.ServiceProvider.GetRequiredService<IPopulationImport>()
                .ImportAsync(content, file, completeRoll: false, campus: null, Actor.System, CancellationToken.None);
            if (result.IsFailure) throw new InvalidOperationException(result.Error.Code);
        }

        var peak = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        Console.WriteLine(long.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) / 1024.0);
        await app.StopAsync();
        return 0;
    }
}
