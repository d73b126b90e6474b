using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Shouldly;
using Tongxin.Platform.Ui.Tables;
using Xunit;

namespace Tongxin.Modules.Tests.Platform.Ui;

/// <summary>A ledger's address says all that it shows, and nothing else.</summary>
public sealed class TableQueryTests
{
    private static readonly TableDefaults Defaults = new("no", ["room", "kind"], ["building", "state"]);

    [Theory]
    [InlineData("")]
    [InlineData("?q=%E7%8E%8B&building=3&sort=-name&col=room&size=100&page=7")]
    [InlineData("?q=a%26b%3Dc&state=%2B1")]
    public void Address_ReadAndWritten_IsTheSame(string address) => Read(address).ToHref("/people").ShouldBe("/people" + address);

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?page=-3&size=x")]
    [InlineData("?size=50&sort=no&col=kind&col=room&q=%20&evil=1")]
    public void Address_NonsenseOrDefaults_BecomesThePlainAddress(string address) => Read(address).ToHref("/people").ShouldBe("/people");

    [Fact]
    public void Size_AskedForTooMany_IsCapped() => Read("?size=100000").Size.ShouldBe(200);

    [Fact]
    public void Text_TooLong_IsCut() => Read("?q=" + new string('x', 5000)).Q.Length.ShouldBe(100);

    [Fact]
    public void SortedBy_SameColumnTwice_TurnsAround()
    {
        var once = Read("?page=4").SortedBy("name");
        var twice = once.SortedBy("name");

        once.ToHref("/p").ShouldBe("/p?sort=name");
        twice.ToHref("/p").ShouldBe("/p?sort=-name");
        twice.SortedBy("no").ToHref("/p").ShouldBe("/p");
    }

    [Fact]
    public void With_FilterSetAndCleared_ReturnsToTheFirstPage()
    {
        var filtered = Read("?page=4").With("state", "out");

        filtered.ToHref("/p").ShouldBe("/p?state=out");
        filtered.IsNarrowed.ShouldBeTrue();
        filtered.With("state", null).ToHref("/p").ShouldBe("/p");
    }

    [Fact]
    public void Sort_UnknownColumn_FallsBackToTheFirstAndStaysStable()
    {
        var rows = Enumerable.Range(0, 30).Select(i => new Row(new Guid(i, 0, 0, new byte[8]), i % 3)).Reverse().AsQueryable();
        var sort = new TableSort<Row>(r => r.Id).By("rank", r => r.Rank);

        var first = sort.Page(rows, Read("?sort=evil&size=10")).ToList();
        var all = Enumerable.Range(1, 3).SelectMany(page => sort.Page(rows, Read($"?size=10&page={page}"))).ToList();

        first.ShouldAllBe(r => r.Rank == 0);
        all.Select(r => r.Id).Distinct().Count().ShouldBe(30);
    }

    private static TableQuery Read(string address) => TableQuery.From(new QueryCollection(QueryHelpers.ParseQuery(address)), Defaults);

    private sealed record Row(Guid Id, int Rank);
}
