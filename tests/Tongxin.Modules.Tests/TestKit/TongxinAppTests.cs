using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Tongxin.Platform.Access;
using Tongxin.TestKit;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.TestKit;

/// <summary>The ground that all module tests stand on.</summary>
public sealed class TongxinAppTests
{
    [Theory, BothProviders]
    public async Task App_TwoStarted_HaveDatabasesOfTheirOwn(Provider provider)
    {
        await using var one = await TongxinApp.StartAsync(provider);
        await using var two = await TongxinApp.StartAsync(provider);

        await one.SignInAsAsync(Roles.Office);

        (await one.ReadAsync(db => db.Users.CountAsync())).ShouldBe(1);
        (await two.ReadAsync(db => db.Users.CountAsync())).ShouldBe(0);
    }

    [Theory, BothProviders]
    public async Task Clock_Started_StandsStill(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);

        app.Clock.Advance(TimeSpan.FromHours(2));

        app.Clock.Now.ShouldBe(FakeTimeProvider.Start.AddHours(2));
    }

    [Theory, BothProviders]
    public async Task Anonymous_LiveCheck_IsAnswered(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        using var visitor = app.Anonymous();

        var answer = await visitor.Http.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
