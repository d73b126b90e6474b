using System.Diagnostics;
using Npgsql;

namespace Tongxin.TestKit.Databases;

/// <summary>A cluster of its own with the settings of a real installation: to be measured with its disk, or killed as by a power cut.</summary>
public sealed class OwnPostgres : IDisposable
{
    private readonly string _folder;

    private OwnPostgres(string folder, string connection) => (_folder, Connection) = (folder, connection);

    /// <summary>Connection string of its first database.</summary>
    public string Connection { get; }

    /// <summary>Folder of its socket.</summary>
    public string Folder => _folder;

    /// <summary>Starts it in a new folder on the disk.</summary>
    public static OwnPostgres Start()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"tongxin-own-{Environment.ProcessId}-{Guid.CreateVersion7():N}");
        return new OwnPostgres(folder, Run("durable", folder));
    }

    /// <summary>A database of the cluster, empty.</summary>
    public string NewDatabase()
    {
        var name = $"t_{Guid.CreateVersion7():N}";
        using var connection = new NpgsqlConnection(Connection);
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0", connection);
        command.ExecuteNonQuery();
        return new NpgsqlConnectionStringBuilder(Connection) { Database = name }.ToString();
    }

    /// <summary>All its processes at once; nothing is flushed.</summary>
    public void Crash() => Run("crash", _folder);

    /// <summary>Up again, where it was.</summary>
    public void StartAgain()
    {
        Run("again", _folder);
        NpgsqlConnection.ClearAllPools();
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Run("stop", _folder);
    }

    private static string Run(string verb, string folder)
    {
        var start = new ProcessStartInfo(Path.Combine(TestPostgres.RepositoryRoot(), "tools", "test-postgres"), [verb, folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("tools/test-postgres did not start.");
        var line = process.StandardOutput.ReadLine() ?? "";
        process.WaitForExit();
        return process.ExitCode == 0 ? line : throw new InvalidOperationException($"tools/test-postgres {verb} failed.");
    }
}
