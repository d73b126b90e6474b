using System.Diagnostics;

namespace Tongxin.Benchmarks.Scans;

/// <summary>Programs of the machine that load or measure.</summary>
internal static class Tool
{
    /// <summary>Where it lies; says what to install when it is missing: without it nothing was measured.</summary>
    public static string Find(string name, string package)
    {
        const string Postgres = "/usr/lib/postgresql";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(Directory.Exists(Postgres) ? Directory.GetDirectories(Postgres).OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")) : []);
        return folders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{name} is missing. Remedy: sudo apt-get install {package}");
    }

    /// <summary>Runs it to its end; what it said, errors at the end.</summary>
    public static async Task<string> RunAsync(string file, IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        var errors = process.StandardError.ReadToEndAsync(ct);
        var said = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(file)} failed: {await errors}{said}");
        return said;
    }
}
