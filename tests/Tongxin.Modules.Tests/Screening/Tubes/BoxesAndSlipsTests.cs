using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Tubes.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Tubes;

/// <summary>Through the pages: boxes at the laboratory, and tubes of a day on paper.</summary>
public sealed class BoxesAndSlipsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Box_IsReceivedThenTested_ATubeAfterTheOther(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.WriteAsync(town.Full("T1", [0, 1]).Concat(town.Full("T2", [2])).Concat(town.Full("T3", [3])));
        foreach (var (tube, box) in (List<(string, string)>)[("T1", "B1"), ("T2", "B1"), ("T3", "B2")]) await town.WriteAsync(town.Fact(tube, TubeFactKind.Boxed) with { BoxCode = box });
        using var doctor = await town.App.SignInAsAsync(Roles.Doctor);
        var address = $"/testing/{town.Round}/boxes";

        var early = await StepAsync(doctor, address, "B1", "Testing");
        early.Text.ShouldContain("箱 B1 还没有收样");
        (await StepAsync(doctor, address, " b1 ", "Received")).Text.ShouldContain("箱 B1：2 管已收样");
        await StagesAsync(town, TubeStage.Received, TubeStage.Received, TubeStage.Boxed);
        (await StepAsync(doctor, address, "B1", "Received")).Text.ShouldContain("箱 B1 已经收过样");
        (await StepAsync(doctor, address, "B1", "Testing")).Text.ShouldContain("箱 B1：2 管开始检测");
        (await StepAsync(doctor, address, "B9", "Received")).Text.ShouldContain("本轮没有箱 B9");

        await StagesAsync(town, TubeStage.Testing, TubeStage.Testing, TubeStage.Boxed);
        (await doctor.OpenAsync(address)).All("#boxes li").Count.ShouldBe(2);
        await town.CheckAsync();
        using var elsewhere = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, Ids.New());
        using var hidden = await elsewhere.Http.GetAsync(new Uri(address, UriKind.Relative), Ct);
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, BothProviders]
    public async Task Slip_IsEnteredWhole_WithBothNames(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        var (first, second) = (await town.EnrolAsync("张三"), await town.EnrolAsync("李四"));
        var checker = await town.GuestAsync("核对人甲");
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var done = await office.SubmitAsync(await FillAsync(town, office, "XT1", $"居民{first} 张三\n李四\n", "核对人甲"));

        done.Text.ShouldContain("试管 XT1 已补录");
        var tube = await town.TubeAsync("XT1");
        (tube.Stage, tube.Members, tube.Size, tube.SiteId, tube.TableId, tube.IsInDoubt).ShouldBe((TubeStage.Closed, 2, 10, town.Site, town.Table, false));
        (await town.StatusAsync(first), await town.StatusAsync(second)).ShouldBe((TestStatus.Sampled, TestStatus.Sampled));
        (await town.BalanceAsync()).Done.ShouldBe(2);
        var opened = await town.App.ReadAsync(db => db.Set<TubeFactRow>().AsNoTracking().SingleAsync(f => f.Kind == TubeFactKind.Opened, Ct));
        (opened.ById, opened.WitnessId).ShouldBe((office.AccountId, checker));
        await town.CheckAsync();
    }

    [Theory, BothProviders]
    public async Task Slip_WithFaults_StoresNothingAndSaysTheLines(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        await town.EnrolAsync("张三");
        await town.GuestAsync("核对人甲");
        await town.WriteAsync(town.Full("T1", [0]));
        using var office = await town.App.SignInAsAsync(Roles.Office);

        var wrong = await office.SubmitAsync(await FillAsync(town, office, "XT1", "张三\n查无此人\n张三", "没有这人"));
        var known = await office.SubmitAsync(await FillAsync(town, office, "T1", "张三", "核对人甲"));

        wrong.Text.ShouldContain("第 2 行“查无此人”");
        wrong.Text.ShouldContain("第 3 行“张三”");
        wrong.Text.ShouldContain("请写核对人");
        known.Text.ShouldContain("试管码 T1 已在别处使用");
        (await town.App.ReadAsync(db => db.Set<TubeRow>().CountAsync(Ct))).ShouldBe(1);
        (await town.BalanceAsync()).Done.ShouldBe(1);
    }

    private static async Task<HtmlPage> StepAsync(Visitor who, string address, string box, string step) =>
        await who.SubmitAsync((await who.OpenAsync(address)).Form("#scan form").Set("box", box).Without("step").Tick("step", step));

    private static async Task<HtmlForm> FillAsync(TubeTown town, Visitor office, string code, string people, string second)
    {
        var at = town.App.Clock.GetUtcNow().AddHours(-1).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return (await office.OpenAsync($"/testing/{town.Round}/slips")).Form("#slip form")
            .Set("Form.Code", code).Set("Form.Place", $"{town.Site}/{town.Table}").Set("Form.At", at).Set("Form.People", people).Set("Form.Second", second);
    }

    private static async Task StagesAsync(TubeTown town, params TubeStage[] stages) =>
        (await town.App.ReadAsync(db => db.Set<TubeRow>().AsNoTracking().OrderBy(t => t.Code).Select(t => t.Stage).ToListAsync(Ct))).ShouldBe(stages);
}
