using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Processes;

namespace Tongxin.TestKit.Gates;

/// <summary>One kill in the middle of an intake: of the program, or of PostgreSQL under it.</summary>
/// <param name="Acknowledged">Facts answered with yes before, during and after.</param>
/// <param name="Missing">Of these, how many are not there exactly once.</param>
/// <param name="Wrong">Answers that no device may get.</param>
/// <param name="AfterAcknowledged">Facts answered with yes after everything was up again.</param>
public sealed record ScanKill(int Acknowledged, int Missing, int Wrong, int AfterAcknowledged)
{
    private const int Clients = 12;

    /// <summary>The program is killed, and started again.</summary>
    public static async Task<ScanKill> OfProgramAsync(string[] settings, GateCrew crew, int seed)
    {
        int wrong;
        var acknowledged = new List<Guid>();
        using (var host = await HostProcess.ServeAsync(settings))
        {
            await using var storm = Storm(host, crew);
            await storm.FirstYes;
            await Task.Delay(Moment(seed));
            await host.KillAsync();
            acknowledged.AddRange(await storm.StopAsync());
            wrong = storm.Wrong;
        }
        using var again = await HostProcess.ServeAsync(settings);
        var after = await AfterAsync(again, crew);
        acknowledged.AddRange(after);
        return new ScanKill(acknowledged.Count, await ScanTally.MissingAsync(settings, acknowledged), wrong, after.Count);
    }

    /// <summary>PostgreSQL is killed under the program, which stays; then PostgreSQL is started again.</summary>
    public static async Task<ScanKill> OfPostgresAsync(OwnPostgres cluster, HostProcess host, string[] settings, GateCrew crew, int seed)
    {
        await using var storm = Storm(host, crew);
        await storm.FirstYes;
        await Task.Delay(Moment(seed));
        cluster.Crash();
        var before = storm.Accepted;
        cluster.StartAgain();
        // Under way again without a hand laid on the program.
        while (storm.Accepted <= before && !host.HasEnded) await Task.Delay(10);
        var acknowledged = new List<Guid>(await storm.StopAsync());
        var after = await AfterAsync(host, crew);
        acknowledged.AddRange(after);
        return new ScanKill(acknowledged.Count, await ScanTally.MissingAsync(settings, acknowledged), storm.Wrong, after.Count);
    }

    private static ScanStorm Storm(HostProcess host, GateCrew crew) => new(host.Address, crew, Clients, i => i % 3 == 0 ? 50 : 1);

    private static async Task<IReadOnlyList<Guid>> AfterAsync(HostProcess host, GateCrew crew)
    {
        using var client = new ScanClient(host.Address, crew.Gate, crew.Tokens[0]);
        return (await client.SendAsync(ScanClient.NewIds(10), CancellationToken.None)).Yes;
    }

    // Somewhere within the first third of a second: groups are written all the time.
#pragma warning disable CA5394 // A seed that tells the moment again; no secret.
    private static TimeSpan Moment(int seed) => TimeSpan.FromMilliseconds(new Random(seed).Next(0, 350));
#pragma warning restore CA5394
}
