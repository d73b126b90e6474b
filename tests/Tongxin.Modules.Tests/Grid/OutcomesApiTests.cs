using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Grid.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.Grid;

/// <summary>The phone app's way in: batches, verdict by verdict.</summary>
public sealed class OutcomesApiTests
{
    private static readonly Uri Address = new("/api/v1/grid/outcomes", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothProviders]
    public async Task Post_Batch_IsAnsweredItemByItem_AndAgainAsDuplicates(Provider provider)
    {
        await using var evening = await Evening.BeginAsync(provider);
        var (app, estate, round) = evening;
        using var captain = await estate.SignInCaptainAsync(0);
        var seen = app.Clock.Now.AddMinutes(-30);
        object[] outcomes =
        [
            new { id = Ids.New(), round = round.Id, target = estate.Homes[0].Id, kind = "Done", channel = "Visit", seenAt = seen, answers = new { residents = 2, needs = (string[])["Medicine"] } },
            new { id = Ids.New(), round = round.Id, target = estate.Homes[1].Id, kind = "NotReached", channel = "Phone", seenAt = seen },
            new { id = Ids.New(), round = round.Id, target = estate.Homes[^1].Id, kind = "Done", channel = "Visit", seenAt = seen },
            new { id = Ids.New(), round = round.Id, target = estate.Homes[2].Id, kind = "Jumped", channel = "Visit", seenAt = seen },
            new { id = Ids.New(), round = round.Id, target = estate.Homes[2].Id, kind = "Excused", channel = "Visit", seenAt = seen },
            new { id = Ids.New(), round = round.Id, target = estate.Homes[2].Id, kind = "Done", channel = "Online", seenAt = seen },
        ];

        var first = await SendAsync(captain, outcomes);
        var again = await SendAsync(captain, outcomes);

        Verdicts(first).ShouldBe(["recorded", "recorded", "refused", "refused", "refused", "refused"]);
        Codes(first).ShouldBe([null, null, "rounds.target.unknown", "grid.field.invalid", "rounds.outcome.reason_required", "grid.field.invalid"]);
        first[2].GetProperty("reason").GetString().ShouldBe("这一户不在本轮名单里，或不在您的范围内。");
        Verdicts(again).Take(2).ShouldBe(["duplicate", "duplicate"]);
        (await app.ReadAsync(db => db.Set<OutcomeFact>().CountAsync(Ct))).ShouldBe(2);
    }

    [Theory, BothProviders]
    public async Task Post_TooMany_IsAProblem_AndWithoutRightIsRefused(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        using var office = await app.SignInAsAsync(Roles.Office);
        using var auditor = await app.SignInAsAsync(Roles.Auditor);
        var many = Enumerable.Range(0, 2001).Select(_ => new { id = Ids.New() }).ToArray();

        var refused = await office.Http.PostAsJsonAsync(Address, new { outcomes = many }, Ct);
        var denied = await auditor.Http.PostAsJsonAsync(Address, new { outcomes = Array.Empty<object>() }, Ct);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        refused.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        (await refused.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString().ShouldBe("grid.batch.too_large");
        denied.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task Post_IsDescribedInTheDocument()
    {
        await using var app = await TongxinApp.StartAsync(Provider.Sqlite);
        using var office = await app.SignInAsAsync(Roles.Office);

        var document = await office.Http.GetFromJsonAsync<JsonElement>(new Uri("/openapi/v1.json", UriKind.Relative), Ct);

        document.GetProperty("paths").GetProperty("/api/v1/grid/outcomes").GetProperty("post").GetProperty("operationId").GetString().ShouldBe("RecordOutcomes");
    }

    private static async Task<List<JsonElement>> SendAsync(Visitor visitor, object[] outcomes)
    {
        var answer = await visitor.Http.PostAsJsonAsync(Address, new { outcomes }, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("results").EnumerateArray()];
    }

    private static IEnumerable<string?> Verdicts(List<JsonElement> results) => results.Select(r => r.GetProperty("verdict").GetString());

    private static IEnumerable<string?> Codes(List<JsonElement> results) => results.Select(r => r.GetProperty("code").GetString());
}
