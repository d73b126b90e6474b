using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.TestKit.Databases;
using Tongxin.TestKit.Web;
using Xunit;

namespace Tongxin.Modules.Tests.People;

/// <summary>Two campuses and two colleges: enough to be in scope of one and out of the other.</summary>
internal sealed class Town : IAsyncDisposable
{
    public static readonly DateOnly Today = new(2022, 4, 6);

    private Town(TongxinApp app) => App = app;

    public TongxinApp App { get; }

    public required Place East { get; init; }
    public required Place West { get; init; }
    public required Place EastEntrance { get; init; }
    public required Place WestEntrance { get; init; }
    public required Household EastHome { get; init; }
    public required Household EastEmpty { get; init; }
    public required Household WestHome { get; init; }
    public required OrganisationUnit Committee { get; init; }
    public required OrganisationUnit Physics { get; init; }
    public required OrganisationUnit History { get; init; }

    /// <summary>Head of the eastern home, phone 19900001234, on dialysis.</summary>
    public required Person Wang { get; init; }

    /// <summary>Head of the western home.</summary>
    public required Person Li { get; init; }

    /// <summary>Student of physics, without a room.</summary>
    public required Person Zhao { get; init; }

    /// <summary>Student of history, lives in the west.</summary>
    public required Person Qian { get; init; }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Town> BuildAsync(Provider provider, Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>? replace = null)
    {
        var app = await TongxinApp.StartAsync(provider, replace);
        return await app.InScopeAsync(async services =>
        {
            var box = (SecretBox)services.GetService(typeof(SecretBox))!; // registered by the product
            var now = app.Clock.GetUtcNow();
            var from = new DateOnly(2021, 9, 1);
            var east = Place.Create(null, PlaceKind.Campus, "东校区", "东校区", "1");
            var west = Place.Create(null, PlaceKind.Campus, "西校区", "西校区", "2");
            var (eastHouse, westHouse) = (Place.Create(east, PlaceKind.Building, "3栋", "3", "000003"), Place.Create(west, PlaceKind.Building, "5栋", "5", "000005"));
            var (eastDoor, westDoor) = (Place.Create(eastHouse, PlaceKind.Entrance, "2单元", "2", "000002"), Place.Create(westHouse, PlaceKind.Entrance, "1单元", "1", "000001"));
            var committee = OrganisationUnit.Create(null, UnitKind.SchoolCommittee, "学校党委", "0", from, null);
            var physics = OrganisationUnit.Create(committee, UnitKind.College, "物理学院", "1", from, null);
            var history = OrganisationUnit.Create(committee, UnitKind.College, "历史学院", "2", from, null);
            var town = new Town(app)
            {
                East = east,
                West = west,
                EastEntrance = eastDoor,
                WestEntrance = westDoor,
                EastHome = Household.Create(eastDoor, HouseholdKind.Family, "101", "3-2-101", $"{eastDoor.SortKey} 000101", HousingUse.OwnerOccupied),
                EastEmpty = Household.Create(eastDoor, HouseholdKind.Family, "102", "3-2-102", $"{eastDoor.SortKey} 000102", HousingUse.Unknown),
                WestHome = Household.Create(westDoor, HouseholdKind.Family, "201", "5-1-201", $"{westDoor.SortKey} 000201", HousingUse.Rented),
                Committee = committee,
                Physics = physics,
                History = history,
                Wang = Someone("王小明", PersonCategory.Resident, phone: "19900001234"),
                Li = Someone("李雷", PersonCategory.Staff, number: "T001", phone: "19900005678"),
                Zhao = Someone("赵敏", PersonCategory.Student, number: "2022001"),
                Qian = Someone("钱多", PersonCategory.Student, number: "2022002"),
            };
            await app.AddAsync(
                east, west, eastHouse, westHouse, eastDoor, westDoor, committee, physics, history,
                town.EastHome, town.EastEmpty, town.WestHome, town.Wang, town.Li, town.Zhao, town.Qian,
                Residency.Start(town.Wang.Id, town.EastHome.Id, Relation.Head, null, from),
                Residency.Start(town.Li.Id, town.WestHome.Id, Relation.Head, null, from),
                Residency.Start(town.Qian.Id, town.WestHome.Id, Relation.Tenant, null, from),
                Affiliation.Start(town.Zhao.Id, physics.Id, AffiliationRole.Student, from),
                Affiliation.Start(town.Qian.Id, history.Id, AffiliationRole.Student, from),
                CareTag.Add(town.Wang.Id, CareKind.Dialysis, "接送透析", Today, Today.AddDays(30), Ids.New(), now));
            return town;

            Person Someone(string name, PersonCategory category, string? number = null, string? phone = null) =>
                Person.Create(Ids.New(), new PersonFacts { Name = name, Category = category, Number = number, Phone = phone, BirthDate = new DateOnly(1980, 5, 1) }, box, now);
        });
    }

    public Actor Office => App.ActorOf(Roles.Office);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
