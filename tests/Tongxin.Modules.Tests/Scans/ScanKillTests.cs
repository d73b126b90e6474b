using Shouldly;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Gates;
using Tongxin.TestKit.Processes;
using Xunit;

namespace Tongxin.Modules.Tests.Scans;

/// <summary>Killed in the middle of an intake: every scan that was answered with yes is there exactly once (R1). Fifty seeds: ./do bench scan-kill.</summary>
public sealed class ScanKillTests
{
    [Theory, BothProviders]
    public async Task Intake_ProgramKilled_KeepsWhatItAnswered(Provider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var crew = await GateCrew.ArrangeAsync(database.Arguments, devices: 4);

        Judge(await ScanKill.OfProgramAsync(database.Arguments, crew, seed: 1));
    }

    [Fact]
    public async Task Intake_PostgresKilled_KeepsWhatItAnsweredAndGoesOn()
    {
        using var cluster = OwnPostgres.Start();
        var data = Directory.CreateTempSubdirectory("tongxin-kill-").FullName;
        try
        {
            string[] settings = ["--Tongxin:Database=postgres", $"--Tongxin:Connection={cluster.NewDatabase()}", $"--Tongxin:Data={data}"];
            var crew = await GateCrew.ArrangeAsync(settings, devices: 4);
            using var host = await HostProcess.ServeAsync(settings);

            for (var seed = 1; seed <= 2; seed++) Judge(await ScanKill.OfPostgresAsync(cluster, host, settings, crew, seed));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static void Judge(ScanKill kill)
    {
        kill.Acknowledged.ShouldBeGreaterThan(10);
        kill.Missing.ShouldBe(0);
        kill.Wrong.ShouldBe(0);
        kill.AfterAcknowledged.ShouldBe(10);
    }
}
