using Npgsql;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Gates;
using Tongxin.TestKit.Processes;

namespace Tongxin.Benchmarks.Scans;

/// <summary>The real program with PostgreSQL beside it, both as an installation runs them, and devices that are enrolled.</summary>
internal sealed class GateLoad : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("tongxin-bench-").FullName;
    private HostProcess? _host;

    private GateLoad(OwnPostgres cluster)
    {
        Cluster = cluster;
        Connection = cluster.NewDatabase();
        Settings = ["--Tongxin:Database=postgres", $"--Tongxin:Connection={Connection}", $"--Tongxin:Data={_data}"];
    }

    public OwnPostgres Cluster { get; }
    public string Connection { get; }
    public string[] Settings { get; }
    public GateCrew Crew { get; private set; } = new(default, []);

    public HostProcess Host => _host ?? throw new InvalidOperationException("Not started.");

    public Uri Scans => new(Host.Address, "/api/v1/access/scans");

    public static async Task<GateLoad> StartAsync(int devices)
    {
        var load = new GateLoad(OwnPostgres.Start());
        load.Crew = await GateCrew.ArrangeAsync(load.Settings, devices);
        load._host = await HostProcess.ServeToMeasureAsync(load.Settings);
        return load;
    }

    /// <summary>Does at once what the database would do in the background over the next minutes.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync(ct);
        foreach (var word in (string[])["VACUUM ANALYZE access_scans", "CHECKPOINT"])
        {
            await using var command = new NpgsqlCommand(word, connection) { CommandTimeout = 120 };
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>Ends the program; the database stays.</summary>
    public void EndHost()
    {
        _host?.Dispose();
        _host = null;
    }

    public ValueTask DisposeAsync()
    {
        EndHost();
        Cluster.Dispose();
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }
}
