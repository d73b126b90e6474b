using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Modules.Tests.Access;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;
using Tongxin.Screening.Labels;
using Tongxin.Screening.Labels.Data;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.Screening;

/// <summary>Labels: a code is given once, checks itself, and is printed as bars that a scanner reads.</summary>
public sealed class LabelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Codes_CheckThemselves()
    {
        LabelCodes.Of(LabelKind.Tube, 7).ShouldBe("XT000007P5");
        LabelCodes.Of(LabelKind.Box, 7).ShouldBe("XB0000079G");
        LabelCodes.Of(LabelKind.Tube, 1 << 20).ShouldBe("XT010000P7");
        var codes = Enumerable.Range(0, 5_000).Select(n => LabelCodes.Of(LabelKind.Tube, n * 17)).ToList();
        codes.Distinct().Count().ShouldBe(codes.Count);
        codes.Select(c => c[2..]).ShouldAllBe(c => c.Length == 8);
    }

    [Fact]
    public void Bars_AreElevenModulesASign()
    {
        // "A" in set B: start, A (33), check (104 + 33) mod 103 = 34, stop.
        Code128.Encode("A").ShouldBe("211214" + "111323" + "131123" + "2331112");
        Code128.Encode("XT000007P5").Sum(c => c - '0').ShouldBe(11 * 12 + 13);
        Should.Throw<ArgumentException>(() => Code128.Encode("管"));
    }

    [Theory, BothProviders]
    public async Task Labels_TakenByTwo_AreNeverTheSame(Provider provider)
    {
        await using var town = await TestingTown.BuildAsync(provider);

        var made = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => town.App.CallAsync((MakeLabels m) => m.ExecuteAsync(town.Round, LabelKind.Tube, 50, town.Office, Ct))));
        await town.App.CallAsync((MakeLabels m) => m.ExecuteAsync(town.Round, LabelKind.Box, 5, town.Office, Ct));

        var runs = await town.App.ReadAsync(db => db.Set<LabelRun>().AsNoTracking().ToListAsync(Ct));
        runs.Count.ShouldBe(made.Count(m => !m.IsFailure) + 1);
        var codes = runs.SelectMany(r => r.Codes()).ToList();
        codes.Distinct().Count().ShouldBe(codes.Count);
        (await town.App.JournalAsync("screening.labels.made")).Count.ShouldBe(runs.Count);
    }

    [Fact]
    public async Task Labels_WrongRequests_AreRefused()
    {
        await using var town = await TestingTown.BuildAsync(Provider.Sqlite);

        (await MakeAsync(town.Round, 0)).ShouldBe("labels.count");
        (await MakeAsync(town.Round, MakeLabels.MostAtOnce + 1)).ShouldBe("labels.count");
        (await MakeAsync(Ids.New(), 5)).ShouldBe("labels.not-found");

        async Task<string?> MakeAsync(Guid round, int count) =>
            await town.App.CallAsync((MakeLabels m) => m.ExecuteAsync(round, LabelKind.Tube, count, town.Office, Ct)) is { IsFailure: true } refused ? refused.Error.Code : null;
    }

    [Fact]
    public async Task Page_PrintsLabelsAndSlips_ForTheOfficeAlone()
    {
        await using var town = await TestingTown.BuildAsync(Provider.Sqlite);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        using var sampler = await town.App.SignInAsAsync(Roles.Sampler);
        var form = await office.OpenAsync($"/testing/{town.Round}/labels");

        var sheet = await form.SubmitAsync("form[action$='/labels']", ("kind", "Tube"), ("count", "3"));

        sheet.All(".labels .label .barcode").Count.ShouldBe(3);
        var run = await town.App.ReadAsync(db => db.Set<LabelRun>().AsNoTracking().SingleAsync(Ct));
        sheet.One(".labels").TextContent.ShouldContain(LabelCodes.Show(run.Codes().First()));
        var slips = await office.OpenAsync($"/testing/{town.Round}/labels?run={run.Id}&as=slips");
        slips.All(".tube-slip").Count.ShouldBe(3);
        slips.All(".tube-slip tbody tr").Count.ShouldBe(30);
        using var denied = await sampler.Http.GetAsync(new Uri($"/testing/{town.Round}/labels", UriKind.Relative), Ct);
        denied.StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }
}
