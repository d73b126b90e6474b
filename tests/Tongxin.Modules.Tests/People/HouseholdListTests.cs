using Shouldly;
using Tongxin.Platform.Access;
using Tongxin.TestKit.Databases;
using Xunit;

namespace Tongxin.Modules.Tests.People;

/// <summary>"Which households are missing?"</summary>
public sealed class HouseholdListTests
{
    [Theory, BothProviders]
    public async Task List_WhatIsMissing_FindsTheDoors(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var office = await town.App.SignInAsAsync(Roles.Office);

        async Task<IReadOnlyList<string>> RoomsAsync(string query) => (await office.OpenAsync($"/households{query}")).Texts("#households tbody .p1");

        (await RoomsAsync("")).ShouldBe(["3-2-101", "3-2-102", "5-1-201"]);
        (await RoomsAsync("?missing=people")).ShouldBe(["3-2-102"]);
        (await RoomsAsync("?missing=use")).ShouldBe(["3-2-102"]);
        (await RoomsAsync("?missing=head")).ShouldBeEmpty();
        (await RoomsAsync("?missing=phone")).ShouldBeEmpty();
        (await RoomsAsync($"?place={town.West.Id}")).ShouldBe(["5-1-201"]);
        (await RoomsAsync("?sort=-people")).ShouldBe(["5-1-201", "3-2-101", "3-2-102"]);
        (await RoomsAsync("?q=wxm")).ShouldBe(["3-2-101"]);
        (await RoomsAsync("?q=3-2")).ShouldBe(["3-2-101", "3-2-102"]);
    }

    [Theory, BothProviders]
    public async Task Page_CounsellorOfACollege_SeesOwnStudentsOfARoomOnly(Provider provider)
    {
        await using var town = await Town.BuildAsync(provider);
        using var counsellor = await town.App.SignInAsAsync(Roles.Counsellor, ScopeKind.Unit, town.History.Id);

        (await counsellor.OpenAsync("/households")).Texts("#households tbody .p1").ShouldBe(["5-1-201"]);
        var page = await counsellor.OpenAsync($"/households/{town.WestHome.Id}");

        page.Texts("#now .what b").ShouldBe(["钱多"]);
        page.Text.ShouldNotContain("李雷");
    }
}
