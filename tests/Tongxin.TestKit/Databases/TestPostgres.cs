using System.Diagnostics;

namespace Tongxin.TestKit.Databases;

/// <summary>
/// The cluster the tests talk to: the one that <c>./do test</c> started, or one of this process when a test project is run
/// alone. There is no third case: without PostgreSQL the tests fail.
/// </summary>
internal static class TestPostgres
{
    public const string Variable = "TONGXIN_TEST_POSTGRES";

    private static readonly Lazy<string> Cluster = new(
        () => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : StartOwn());

    /// <summary>Connection string of the maintenance database, as a user who may create databases.</summary>
    public static string Connection => Cluster.Value;

    private static string StartOwn()
    {
        var script = Path.Combine(RepositoryRoot(), "tools", "test-postgres");
        var folder = Path.Combine(Path.GetTempPath(), $"tongxin-postgres-{Environment.ProcessId}");
        var (code, output, errors) = Run(script, "start", folder);
        if (code != 0) throw new InvalidOperationException($"PostgreSQL is needed and did not start. {errors.Trim()}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run(script, "stop", folder);
        return output.Trim();
    }

    private static (int Code, string Output, string Errors) Run(string script, string verb, string folder)
    {
        var start = new ProcessStartInfo(script, [verb, folder]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{script} did not start.");
        // The cluster's own processes keep the pipes open: read one line, not to the end.
        var output = process.StandardOutput.ReadLine() ?? "";
        process.WaitForExit();
        return (process.ExitCode, output, process.ExitCode == 0 ? "" : process.StandardError.ReadToEnd());
    }

    internal static string RepositoryRoot()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (File.Exists(Path.Combine(d.FullName, "Tongxin.slnx"))) return d.FullName;
        }

        throw new InvalidOperationException("Tongxin.slnx was not found above the test program.");
    }
}
