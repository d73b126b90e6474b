using System.Net;
using Shouldly;
using Tongxin.Modules.Tests.People;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;
using Tongxin.Workforce.Posts;
using Xunit;

namespace Tongxin.Modules.Tests.Workforce;

/// <summary>Posts are made with patterns of shifts, changed, and archived.</summary>
public sealed class PostTests
{
    [Theory, BothProviders]
    public async Task Pages_PostMadeWithAPattern_HasItsShifts(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        (await office.OpenAsync("/posts")).Text.ShouldContain("还没有岗位");

        var post = await (await office.OpenAsync("/posts/new")).SubmitAsync(
            "main form[method=post]", ("Form.Name", "北门"), ("Form.Place", town.East.Id.ToString()), ("Form.Preset", "four"), ("Form.Checklist", "* 测体温\n擦桌子"), ("Form.Issue", "N95 口罩 4"));

        post.Texts("#shifts .what b").ShouldBe(["夜 00:00–06:00", "早 06:00–12:00", "中 12:00–18:00", "晚 18:00–24:00"]);
        post.Text.ShouldContain("* 测体温");
        (await office.OpenAsync("/posts")).Text.ShouldContain("24 小时");
        var added = await post.SubmitAsync("#add-shift form", ("mark", "机"), ("from", "22:00"), ("to", "04:00"), ("needed", "2"));
        added.Texts("#shifts .what b").ShouldContain("机 22:00–04:00");
        using var leader = await town.App.SignInAsAsync(Roles.DutyLeader);
        (await leader.OpenAsync(post.Address.AbsolutePath)).Status.ShouldBe(HttpStatusCode.OK);
        (await leader.OpenAsync("/posts/new")).Status.ShouldNotBe(HttpStatusCode.OK);
    }

    [Theory, BothProviders]
    public async Task Pages_PostChangedAndArchived_IsAsSaidAndThenGone(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 0);
        using var office = await town.App.SignInAsAsync(Roles.Office);
        var id = await town.PostAsync("北门", "three");

        var changed = await (await office.OpenAsync($"/posts/{id}/edit")).SubmitAsync("main form[method=post]", ("Form.Name", "西门"), ("Form.Contact", "总值班室"));
        changed.Text.ShouldContain("总值班室");
        await changed.SubmitAsync("#archive form");

        (await office.OpenAsync("/posts")).Text.ShouldNotContain("西门");
        (await town.CodeAsync((KeepPosts k) => k.ArchiveAsync(id, town.Office, Town.Ct))).ShouldBe("posts.not-found");
        // The name is free again.
        (await town.PostAsync("西门", "none")).ShouldNotBe(id);
    }

    [Theory, BothProviders]
    public async Task Post_NamedTwiceOrWithoutNameOrSeenBeforeAChange_IsRefused(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 0);
        var id = await town.PostAsync("北门", "none");
        async Task<string?> Create(string name) => (await town.App.CallAsync((KeepPosts k) => k.CreateAsync(new PostFacts { Name = name }, null, town.Office, Town.Ct))) is { IsFailure: true } made ? made.Error.Code : null;

        (await Create("北门")).ShouldBe("posts.name-taken");
        (await Create(" ")).ShouldBe("posts.name-missing");
        (await town.CodeAsync((KeepPosts k) => k.ChangeAsync(id, 0, new PostFacts { Name = "北一门" }, town.Office, Town.Ct))).ShouldBeNull();
        (await town.CodeAsync((KeepPosts k) => k.ChangeAsync(id, 0, new PostFacts { Name = "北二门" }, town.Office, Town.Ct))).ShouldBe("rosters.changed");
    }

    [Theory, BothProviders]
    public async Task Shift_OfNoLengthWithoutPeopleOrDays_IsRefused(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 0);
        var id = await town.PostAsync("北门", "none");
        Task<string?> Add(ShiftFacts shift) => town.CodeAsync((KeepPosts k) => k.AddShiftAsync(id, shift, town.Office, Town.Ct));

        (await Add(new("早", 360, 10, 1, 1))).ShouldBe("posts.shift.times");
        (await Add(new("早", 1500, 60, 1, 1))).ShouldBe("posts.shift.times");
        (await Add(new("早班次", 360, 60, 1, 1))).ShouldBe("posts.shift.mark");
        (await Add(new("早", 360, 60, 0, 0))).ShouldBe("posts.shift.people");
        (await Add(new("早", 360, 60, 1, 1, Weekdays: 0))).ShouldBe("posts.shift.days");
        (await Add(new("早", 360, 60, 1, 1))).ShouldBeNull();
    }

    [Theory, BothProviders]
    public async Task Post_OfAnotherPlace_IsNotThere(Provider provider)
    {
        await using var town = await RosterTown.BuildAsync(provider, helpers: 0);
        var id = await town.PostAsync("岗亭甲", "three", f => f with { PlaceId = town.Town.EastEntrance.Id });
        using var east = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.Town.East.Id);
        using var west = await town.App.SignInAsAsync(Roles.Office, ScopeKind.Place, town.Town.West.Id);

        (await east.OpenAsync($"/posts/{id}")).Status.ShouldBe(HttpStatusCode.OK);
        (await west.OpenAsync($"/posts/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await west.OpenAsync($"/posts/{id}/edit")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await west.OpenAsync("/posts")).Text.ShouldNotContain("岗亭甲");
        var actor = town.App.ActorOf(Roles.Office, ScopeKind.Place, town.Town.West.Id);
        (await town.CodeAsync((KeepPosts k) => k.ArchiveAsync(id, actor, Town.Ct))).ShouldBe("posts.not-found");
        var made = await town.App.CallAsync((KeepPosts k) => k.CreateAsync(new PostFacts { Name = "东门", PlaceId = town.Town.East.Id }, null, actor, Town.Ct));
        made.Error.Code.ShouldBe("posts.place");
    }

    [Theory]
    [InlineData(CampusDuty.Testing, DutyCode.RiskCheck)]
    [InlineData(CampusDuty.Meals, DutyCode.Delivery)]
    [InlineData(CampusDuty.Patrol, DutyCode.Order)]
    public void CampusDuty_HasItsPlaceAmongTheSix(CampusDuty duty, DutyCode code) => DutyCodes.Of(duty).ShouldBe(code);

    [Fact]
    public void Lists_TypedOneALine_AreReadAndWrittenAlike()
    {
        PostLists.Issue("N95 口罩 4\n隔离衣×2\n消毒液").ShouldBe([new("N95 口罩", 4), new("隔离衣", 2), new("消毒液", 1)]);
        PostLists.Write(PostLists.Checklist(" * 测体温 \n\n 擦桌子")).ShouldBe("* 测体温\n擦桌子");
    }
}
