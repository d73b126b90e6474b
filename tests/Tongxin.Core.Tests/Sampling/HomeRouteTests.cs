using Shouldly;
using Tongxin.Core.Sampling;
using Xunit;

namespace Tongxin.Core.Tests.Sampling;

/// <summary>The order in which people are visited at home.</summary>
public sealed class HomeRouteTests
{
    private static readonly Guid Near = new("0190a000-0000-7000-8000-000000000001");
    private static readonly Guid Far = new("0190a000-0000-7000-8000-000000000002");
    private static readonly Guid Middle = new("0190a000-0000-7000-8000-000000000003");

    [Theory]
    [InlineData("101", 1)]
    [InlineData("1203", 12)]
    [InlineData("B305", 3)]
    [InlineData("12", 0)]
    [InlineData("", 0)]
    [InlineData("地下室", 0)]
    public void FloorOf_ARoom_IsItsHundreds(string room, int floor) => HomeRoute.FloorOf(room).ShouldBe(floor);

    [Fact]
    public void Order_OfABuilding_GoesEntranceByEntranceFromTheTopDown()
    {
        var doors = (HomeDoor[])[Door(Near, "1", "101"), Door(Near, "2", "301"), Door(Near, "1", "602"), Door(Near, "1", "601"), Door(Near, "2", "1201")];

        var route = HomeRoute.Order(doors, [new HomeBuilding(Near, "001", null, null)]);

        route.Select(d => (d.Entrance, d.Room)).ShouldBe([("1", "601"), ("1", "602"), ("1", "101"), ("2", "1201"), ("2", "301")]);
    }

    [Fact]
    public void Order_OfBuildings_GoesToTheNearestNext()
    {
        var doors = (HomeDoor[])[Door(Far, "", "101"), Door(Middle, "", "101"), Door(Near, "", "101"), Door(Guid.Empty, "", "101")];
        var buildings = (HomeBuilding[])[new(Near, "001", 0, 0), new(Far, "002", 500, 0), new(Middle, "003", 100, 0)];

        HomeRoute.Order(doors, buildings).Select(d => d.BuildingId).ShouldBe([Near, Middle, Far, Guid.Empty]);
    }

    [Fact]
    public void Order_NothingDrawn_FollowsTheSortKeys() =>
        HomeRoute.Order([Door(Far, "", "101"), Door(Near, "", "101")], [new(Far, "002", null, null), new(Near, "001", null, null)]).Select(d => d.BuildingId).ShouldBe([Near, Far]);

    [Fact]
    public void Cut_WithoutTeams_Throws() => Should.Throw<ArgumentOutOfRangeException>(() => HomeRoute.Cut([], 0));

    [Fact]
    public void Cut_AnyRoute_KeepsItsOrderAndEveryDoorOnce()
    {
        for (var doors = 0; doors < 60; doors++)
        {
            var route = Enumerable.Range(0, doors).Select(i => Door(Near, "", $"{i}")).ToList();
            for (var teams = 1; teams <= 20; teams++)
            {
                var parts = HomeRoute.Cut(route, teams);

                parts.Count.ShouldBe(teams);
                parts.SelectMany(p => p).ShouldBe(route);
                parts.Max(p => p.Count).ShouldBeLessThanOrEqualTo((doors + teams - 1) / teams);
            }
        }
    }

    private static HomeDoor Door(Guid building, string entrance, string room) => new(Guid.CreateVersion7(), building, entrance, room, 1);
}
