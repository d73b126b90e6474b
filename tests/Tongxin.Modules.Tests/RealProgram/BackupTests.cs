using System.Globalization;
using System.Net;
using Shouldly;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Processes;
using Xunit;

namespace Tongxin.Modules.Tests.RealProgram;

/// <summary>A whole estate out of one installation and into an empty one, by the program as an administrator runs it.</summary>
public sealed class BackupTests
{
    private const string Sealed = "platform_journal WHERE position IS NOT NULL";

    private static readonly string[] Tables =
    [
        "people_persons", "people_households", "people_residencies", "people_places", "people_affiliations", "people_care_tags", "grid_cells", "grid_rounds",
        "grid_round_targets", "grid_round_outcomes", "workforce_teams", "workforce_memberships", "platform_accounts", "platform_grants", Sealed,
    ];

    [Theory, BothProviders]
    public async Task Restore_OfSqliteIntoAnEmptyInstallation_GivesTheSameFiguresAndServes(Provider target)
    {
        await using var source = await TestDatabase.CreateDemoAsync(Provider.Sqlite);
        var figures = await FiguresAsync(source);
        figures["people_persons"].ShouldBeGreaterThan(1_000);
        figures["grid_round_outcomes"].ShouldBeGreaterThan(0);
        var archive = Path.Combine(source.DataFolder, "backup.zip");
        var (code, said) = await HostProcess.RunAsync(["backup", archive, .. source.Arguments]);
        code.ShouldBe(0, said);

        await using var empty = await TestDatabase.CreateUnmigratedAsync(target);
        (code, said) = await HostProcess.RunAsync(["restore", archive, .. empty.Arguments]);
        code.ShouldBe(0, said);

        (await FiguresAsync(empty)).ShouldBe(figures);
        (code, said) = await HostProcess.RunAsync(["verify", .. empty.Arguments]);
        code.ShouldBe(0, said);
        said.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"{figures[Sealed]} entries"));
        using var host = await HostProcess.ServeAsync(empty.Arguments);
        using var visitor = host.Anonymous();
        (await visitor.OpenAsync("/sign-in")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<Dictionary<string, long>> FiguresAsync(TestDatabase database)
    {
        var figures = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in Tables) figures[table] = await database.CountAsync(table);
        return figures;
    }
}
