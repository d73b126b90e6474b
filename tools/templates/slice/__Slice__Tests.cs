using Shouldly;
using Tongxin.__Module__.__Slice__;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.__Module__;

public sealed class __Slice__Tests
{
    [Theory, BothProviders]
    public async Task __Slice___WithoutATitle_IsRefused(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        var actor = app.ActorOf(Roles.Office);

        var result = await app.CallAsync((Tongxin.__Module__.__Slice__.__Slice__ slice) =>
            slice.ExecuteAsync(new __Slice__Request(" "), actor, TestContext.Current.CancellationToken));

        result.Error.Code.ShouldBe("__module__.__slice__.title-missing");
    }

    [Theory, BothProviders]
    public async Task __Slice__Page_FilledIn_SaysDone(Provider provider)
    {
        await using var app = await TongxinApp.StartAsync(provider);
        using var office = await app.SignInAsAsync(Roles.Office);

        var page = await office.OpenAsync("/__module__/__slice__");
        var answer = await page.SubmitAsync("main form", ("Form.Title", "Test"));

        answer.Texts("[role=status]").ShouldNotBeEmpty();
    }
}
