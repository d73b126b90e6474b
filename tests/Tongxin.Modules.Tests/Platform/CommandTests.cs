using System.Net.Sockets;
using Shouldly;
using Tongxin.Host.Commands;
using Tongxin.Modules.Tests.Platform.Support;
using Tongxin.Platform;
using Tongxin.Platform.Journal;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Platform;

public sealed class CommandTests
{
    [Fact]
    public async Task Command_Unknown_IsMisuse() => (await CommandLine.RunAsync(["dance"])).ShouldBe(2);

    [Theory, BothProviders]
    public async Task Migrate_EmptyDatabase_IsWellTwice(Provider provider)
    {
        await using var database = await TestDatabase.CreateUnmigratedAsync(provider);

        (await CommandLine.RunAsync(["migrate", .. database.Arguments])).ShouldBe(0);
        (await CommandLine.RunAsync(["migrate", .. database.Arguments])).ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Verify_WholeThenBroken_ExitsZeroThenOne(Provider provider)
    {
        await using var ground = await Ground.MakeAsync(provider);
        await ground.RecordAsync("test.row");
        await ground.Get<JournalSealer>().SealAsync(CancellationToken.None);

        (await CommandLine.RunAsync(["verify", .. ground.Database.Arguments])).ShouldBe(0);
        await ground.SqlAsync("UPDATE platform_journal SET action = 'test.other'");

        (await CommandLine.RunAsync(["verify", .. ground.Database.Arguments])).ShouldBe(1);
    }

    [Theory]
    [InlineData("true", 0)]
    [InlineData("false", 1)]
    public async Task VerifyPasses_VectorsThatAgreeOrNot_ExitsZeroOrOne(string expected, int code)
    {
        var folder = Directory.CreateTempSubdirectory("tongxin-vectors-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.json"), $$"""{ "PREFIX": "HC1:BB8", "BASE45": "BB8", "EXPECTEDRESULTS": { "EXPECTEDUNPREFIX": {{expected}} } }""", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "other.json"), "[1, 2]", TestContext.Current.CancellationToken);

            (await CommandLine.RunAsync(["verify", "passes", folder.FullName])).ShouldBe(code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("verify", "passes", "no such folder")]
    [InlineData("verify", "passes")]
    [InlineData("verify", "everything")]
    public async Task Verify_NothingToVerify_IsMisuse(params string[] arguments) => (await CommandLine.RunAsync(arguments)).ShouldBe(2);

    [Theory]
    [InlineData("verify")]
    [InlineData("backup")]
    public async Task Command_NoDatabase_FailsAndMakesNone(string verb)
    {
        await using var database = await TestDatabase.CreateUnmigratedAsync(Provider.Sqlite);
        string[] arguments = verb == "backup" ? [verb, Path.Combine(database.DataFolder, "b.zip"), .. database.Arguments] : [verb, .. database.Arguments];

        (await CommandLine.RunAsync(arguments)).ShouldBe(1);

        File.Exists(database.Connection).ShouldBeFalse();
    }

    [Fact]
    public async Task Run_KeyOfAnotherInstallation_StopsBeforeServing()
    {
        await using var ground = await Ground.MakeAsync(Provider.Sqlite);
        await ground.RecordAsync("test.row");
        await ground.Get<JournalSealer>().SealAsync(CancellationToken.None);
        File.Delete(Path.Combine(ground.Database.DataFolder, "keys", "columns.key"));

        (await CommandLine.RunAsync(["run", .. ground.Database.Arguments, "--urls=http://127.0.0.1:0"])).ShouldBe(1);
    }

    [Fact]
    public async Task Run_KeyFileCutShort_StopsWithOneLine()
    {
        await using var database = await TestDatabase.CreateAsync(Provider.Sqlite);
        Directory.CreateDirectory(Path.Combine(database.DataFolder, "keys"));
        await File.WriteAllBytesAsync(Path.Combine(database.DataFolder, "keys", "columns.key"), [1, 2, 3], TestContext.Current.CancellationToken);

        (await CommandLine.RunAsync(["run", .. database.Arguments, "--urls=http://127.0.0.1:0"])).ShouldBe(1);
    }

    [Fact]
    public async Task Run_PortInUse_StopsWithOneLine()
    {
        await using var database = await TestDatabase.CreateAsync(Provider.Sqlite);
        using var other = new TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;

        (await CommandLine.RunAsync(["run", .. database.Arguments, $"--urls=http://127.0.0.1:{port}"])).ShouldBe(1);
    }

    [Fact]
    public void Explain_AnyFailure_IsOneLine()
    {
        Exception[] failures =
        [
            new SocketException((int)SocketError.AddressAlreadyInUse),
            new IOException("bind", new SocketException((int)SocketError.AddressAlreadyInUse)),
            new UnauthorizedAccessException("Access to the path is denied."),
            new Microsoft.Data.Sqlite.SqliteException("full", 13),
            new Npgsql.NpgsqlException("Connection refused"),
            new InvalidOperationException("first\nsecond"),
            new StartException("Known. Remedy: this."),
        ];

        failures.Select(StartFailures.Explain).ShouldAllBe(line => !line.Contains('\n') && line.Contains("Remedy") || line.Contains("full"));
        StartFailures.Explain(failures[0]).ShouldContain("--urls");
    }
}
