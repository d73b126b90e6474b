using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Modules.Tests.Devices;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Screening.Sites.Data;
using Tongxin.Screening.Tubes.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Screening.Tubes;

/// <summary>The way of a table's phone in: batches, verdict by verdict.</summary>
public sealed class TubesApiTests
{
    private const string Path = "/api/v1/screening/tubes";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Post_FromADevice_IsAnsweredFactByFactAndAgainAsDuplicates(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        using var clerk = await town.App.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(town.App, clerk);
        var at = town.App.Clock.Now;
        object[] facts =
        [
            new { id = Ids.New(), round = town.Round, tube = " t-1 ", kind = "Opened", seenAt = at, size = 10, site = town.Site, table = town.Table },
            new { id = Ids.New(), round = town.Round, tube = "T-1", kind = "Sampled", seenAt = at.AddSeconds(20), person = town.People[0] },
            new { id = Ids.New(), round = town.Round, tube = "T-1", kind = "Sampled", seenAt = at.AddSeconds(40), person = Ids.New() },
            new { id = Ids.New(), round = town.Round, tube = "T-1", kind = "Jumped", seenAt = at },
            new { id = Ids.New(), round = town.Round, tube = "T-1", kind = "Resulted", seenAt = at, result = "Neg", version = 1 },
            new { id = Ids.New(), round = town.Round, tube = "T-1", kind = "Sampled", person = town.People[1] },
            new { id = Ids.New(), round = town.Round, tube = "T-1", kind = "Closed", seenAt = at.AddSeconds(60), members = 1, ask = true },
        ];

        var first = await phone.PostAsync(Path, new { facts });
        var again = await phone.PostAsync(Path, new { facts });

        first.Status.ShouldBe(HttpStatusCode.OK);
        Texts(first.Body, "verdict").ShouldBe(["recorded", "recorded", "refused", "refused", "refused", "refused", "recorded"]);
        Texts(first.Body, "code").ShouldBe([null, null, "tubes.person", "tubes.field", "tubes.field", "tubes.field", null]);
        first.Body.GetProperty("results")[2].GetProperty("reason").GetString().ShouldBe("没有找到这个人。");
        var tube = first.Body.GetProperty("tubes")[0];
        (tube.GetProperty("tube").GetString(), tube.GetProperty("stage").GetString(), tube.GetProperty("members").GetInt32()).ShouldBe(("T-1", "Closed", 1));
        Texts(again.Body, "verdict").Count(v => v == "duplicate").ShouldBe(3);
        var rows = await town.App.ReadAsync(db => db.Set<TubeFactRow>().AsNoTracking().ToListAsync(Ct));
        rows.Count.ShouldBe(3);
        rows.ShouldAllBe(r => r.DeviceId == phone.Id && r.AccountId == clerk.AccountId && r.TubeCode == "T-1");
        await town.CheckAsync();
    }

    [Theory, BothProviders]
    public async Task Post_Warnings_SayWhatIsOddInWords(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        using var clerk = await town.App.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(town.App, clerk);
        await town.WriteAsync(town.Full("T1", [0, 1]));

        var answer = await phone.PostAsync(Path, new
        {
            facts = new object[]
            {
                new { id = Ids.New(), round = town.Round, tube = "T2", kind = "Opened", seenAt = town.App.Clock.Now, size = 10, site = town.Site, table = town.OtherTable },
                new { id = Ids.New(), round = town.Round, tube = "T2", kind = "Sampled", seenAt = town.App.Clock.Now.AddSeconds(9), person = town.People[0] },
            },
        });

        var warning = answer.Body.GetProperty("results")[1].GetProperty("warnings")[0];
        (warning.GetProperty("code").GetString(), warning.GetProperty("text").GetString()).ShouldBe(("tubes.two-tubes", "此人本轮已采过，只计一次"));
    }

    [Fact]
    public async Task Post_AtASiteOutOfReach_IsRefusedWhenAskedAndKeptWhenItHappened()
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        using var sampler = await town.App.SignInAsAsync(Roles.Sampler, ScopeKind.Place, Ids.New());
        object Opened(string code, bool ask) => new { id = Ids.New(), round = town.Round, tube = code, kind = "Opened", seenAt = town.App.Clock.Now, size = 10, site = town.Site, table = town.Table, ask };

        using var phone = await Phone.EnrolAsync(town.App, sampler);
        var answer = await phone.PostAsync(Path, new { facts = new[] { Opened("T1", true), Opened("T2", false) } });

        Texts(answer.Body, "code").ShouldBe(["tubes.site", null]);
        answer.Body.GetProperty("results")[1].GetProperty("warnings")[0].GetProperty("code").GetString().ShouldBe("tubes.out-of-reach");
    }

    [Theory, BothProviders]
    public async Task Post_ASecondNameAndAnEmptyFact_CountForNothing(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        using var clerk = await town.App.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(town.App, clerk);
        var facts = town.Full("T1", [0, 1]);
        await town.WriteAsync(facts);
        var guest = await town.GuestAsync();

        var answer = await phone.PostAsync(Path, new
        {
            facts = new object?[] { null, new { id = Ids.New(), round = town.Round, tube = "T1", kind = "Withdrawn", seenAt = town.App.Clock.Now, corrects = facts[1].Id, witness = guest } },
        });

        answer.Status.ShouldBe(HttpStatusCode.OK);
        Texts(answer.Body, "code").ShouldBe(["tubes.field", null]);
        answer.Body.GetProperty("results")[1].GetProperty("warnings")[0].GetProperty("code").GetString().ShouldBe("tubes.flag.SecondNameMissing");
        (await town.BalanceAsync()).Done.ShouldBe(2);
        await town.CheckAsync();
    }

    [Fact]
    public async Task Post_TooMany_IsAProblem_AndWithoutRightIsRefused()
    {
        await using var town = await TubeTown.BuildAsync(Provider.Sqlite);
        using var clerk = await town.App.SignInAsAsync(Roles.Office);
        using var auditor = await town.App.SignInAsAsync(Roles.Auditor);
        using var phone = await Phone.EnrolAsync(town.App, clerk);

        var many = await phone.PostAsync(Path, new { facts = Enumerable.Range(0, 501).Select(_ => new { id = Ids.New() }) });
        using var denied = await auditor.Http.PostAsJsonAsync(new Uri(Path, UriKind.Relative), new { facts = Array.Empty<object>() }, Ct);

        (many.Status, many.Code).ShouldBe((HttpStatusCode.BadRequest, "tubes.too-many"));
        denied.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Theory, BothProviders]
    public async Task Reconcile_TubesOnTheTable_SaysWhatDiffers(Provider provider)
    {
        await using var town = await TubeTown.BuildAsync(provider);
        using var clerk = await town.App.SignInAsAsync(Roles.Office);
        using var phone = await Phone.EnrolAsync(town.App, clerk);
        await town.WriteAsync(town.Full("T1", [0]).Concat(town.Full("T2", [1])).Concat(town.Full("T3", [2])).Append(town.Open("T4")));
        await town.WriteAsync(town.Fact("T3", TubeFactKind.Boxed) with { BoxCode = "B1" });

        var answer = await phone.PostAsync($"{Path}/reconcile", new { round = town.Round, site = town.Site, table = town.Table, codes = (string[])["T1", "T3", "T4", "T9", "t1"] });
        var agrees = await phone.PostAsync($"{Path}/reconcile", new { round = town.Round, site = town.Site, codes = (string[])["T1", "T2"] });
        var nowhere = await phone.PostAsync($"{Path}/reconcile", new { round = town.Round, site = Ids.New(), codes = (string[])["T1"] });

        string[] List(string name) => [.. answer.Body.GetProperty(name).EnumerateArray().Select(e => e.GetString() ?? "")];
        answer.Body.GetProperty("expected").GetInt32().ShouldBe(2);
        List("missing").ShouldBe(["T2"]);
        List("unknown").ShouldBe(["T9"]);
        List("open").ShouldBe(["T4"]);
        List("boxed").ShouldBe(["T3"]);
        List("twice").ShouldBe(["T1"]);
        agrees.Body.GetProperty("agrees").GetBoolean().ShouldBeTrue();
        nowhere.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Post_IsDescribedInTheDocument()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var office = await app.SignInAsAsync(Roles.Office);

        var document = JsonSerializer.Deserialize<JsonElement>(await office.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct));

        document.GetProperty("paths").GetProperty(Path).GetProperty("post").GetProperty("operationId").GetString().ShouldBe("RecordTubes");
    }

    private static List<string?> Texts(JsonElement body, string name) =>
        [.. body.GetProperty("results").EnumerateArray().Select(r => r.GetProperty(name).GetString())];
}
