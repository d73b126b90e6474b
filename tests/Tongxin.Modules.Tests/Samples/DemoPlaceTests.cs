using System.Security.Cryptography;
using Shouldly;
using Tongxin.Core.Text;
using Tongxin.Samples;
using Xunit;

namespace Tongxin.Modules.Tests.Samples;

public sealed class DemoPlaceTests
{
    private static readonly DemoPlace Qinyuan = DemoEstate.Qinyuan();
    private static readonly DemoPlace Xingqing = DemoUniversity.Xingqing();

    public static TheoryData<string> Places => ["Qinyuan", "Xingqing"];

    [Fact]
    public void Qinyuan_Counts_AreThoseOfTheReport()
    {
        Qinyuan.Entrances.Count.ShouldBe(51);
        Qinyuan.Households.Count.ShouldBe(1_500);
        Qinyuan.Households.Count(home => home.Use == HousingUse.Vacant).ShouldBe(90);
        Qinyuan.Helpers.Count.ShouldBe(389);
        Qinyuan.Helpers.Count(helper => helper.CanBeCaptain).ShouldBe(51);
        Qinyuan.Helpers.Where(helper => helper.CanBeCaptain).Select(helper => Qinyuan.Households[helper.HouseholdKey].EntranceKey).Distinct().Count().ShouldBe(51);
        Qinyuan.Persons.Count.ShouldBeInRange(3_500, 4_800);
    }

    [Fact]
    public void Xingqing_Counts_AreThoseOfTheReport()
    {
        Xingqing.Persons.Count.ShouldBe(30_000);
        Xingqing.Sites.Select(site => site.Name).ShouldBe(["兴庆校区", "雁塔校区", "创新港", "曲江校区"]);
        Xingqing.Units.Count(unit => unit.Kind == DemoUnitKind.TaskForce).ShouldBe(11);
        Xingqing.Units.Count(unit => unit is { Kind: DemoUnitKind.TemporaryBranch, EndsOn: not null }).ShouldBe(3);
        Xingqing.Units.Count(unit => unit.Kind == DemoUnitKind.Class).ShouldBeInRange(700, 1_000);
        Xingqing.Persons.Count(person => person.Category == DemoCategory.Student).ShouldBe(26_400);
    }

    [Fact]
    public void Dormitories_Rooms_HoldFourToSixOfOneSex()
    {
        var rooms = Xingqing.Persons.Where(person => person.Bed is not null).GroupBy(person => person.HouseholdKey).ToList();

        rooms.Count.ShouldBe(Xingqing.Households.Count(home => home.Kind == DemoDoor.Dormitory));
        rooms.ShouldAllBe(room => room.Count() >= 4 && room.Count() <= 6 && room.Count() <= Xingqing.Households[room.Key].Beds);
        rooms.ShouldAllBe(room => room.Select(person => person.Sex).Distinct().Count() == 1);
        rooms.ShouldAllBe(room => room.Select(person => person.Bed).Distinct().Count() == room.Count());
        rooms.SelectMany(room => room).ShouldAllBe(person => AgeOf(person, Xingqing) >= 17 && AgeOf(person, Xingqing) <= 28);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Homes_OfAnyPlace_HavePeopleUnlessEmpty(string name)
    {
        var place = Of(name);
        var lived = place.Persons.Select(person => person.HouseholdKey).ToHashSet();

        place.Households.ShouldAllBe(home => lived.Contains(home.Key) == (home.Use != HousingUse.Vacant));
        place.Households.Select(home => (home.BuildingKey, home.EntranceKey, home.Room)).Distinct().Count().ShouldBe(place.Households.Count);
        place.Persons.Where(person => person.Category != DemoCategory.Student).GroupBy(person => person.HouseholdKey)
            .ShouldAllBe(family => family.Count(person => person.Relation == DemoRelation.Head) == 1);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Papers_OfAnyPlace_AreReadableUniqueAndInvented(string name)
    {
        var place = Of(name);

        place.Persons.Where(person => !HasReadablePapers(person, place)).ShouldBeEmpty();
        place.Persons.Where(person => person.MovedInOn < person.BirthDate || person.MovedInOn > place.Day).ShouldBeEmpty();
        Unique(place.Persons.Select(person => person.DocumentNumber));
        Unique(place.Persons.Select(person => person.Phone).OfType<string>());
        Unique(place.Persons.Select(person => person.Number).OfType<string>());
    }

    [Fact]
    public void TwoPlaces_SideBySide_ShareNoPaperNoNumberAndNoPhone()
    {
        Shared(person => person.Phone).ShouldBeEmpty();
        Shared(person => person.DocumentNumber).ShouldBeEmpty();
        Shared(person => person.Number).ShouldBeEmpty();

        static IEnumerable<string> Shared(Func<DemoPerson, string?> of) =>
            Qinyuan.Persons.Select(of).OfType<string>().Intersect(Xingqing.Persons.Select(of).OfType<string>());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Addresses_OfAnyPlace_AreReadFromTheirColumns(string name)
    {
        var place = Of(name);
        place.Households.Where(home => !IsReadBack(place, home)).ShouldBeEmpty();
        place.Buildings.GroupBy(building => (building.SiteKey, building.Code)).ShouldAllBe(same => same.Count() == 1);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Families_OfAnyPlace_HaveAgesThatFit(string name)
    {
        var place = Of(name);
        foreach (var home in place.Persons.Where(person => person.Bed is null).GroupBy(person => person.HouseholdKey))
        {
            var head = home.Single(person => person.Relation == DemoRelation.Head);
            AgeOf(head, place).ShouldBeGreaterThanOrEqualTo(20);
            home.Where(person => person.Relation == DemoRelation.Child).ShouldAllBe(child => AgeOf(head, place) - AgeOf(child, place) >= 15);
            home.Where(person => person.Relation == DemoRelation.Parent).ShouldAllBe(parent => AgeOf(parent, place) - AgeOf(head, place) >= 12);
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Keys_OfAnyPlace_AreTheirPlacesAndLeadSomewhere(string name)
    {
        var place = Of(name);

        place.Persons.Select(person => person.Key).ShouldBe(Enumerable.Range(0, place.Persons.Count));
        place.Households.Select(home => home.Key).ShouldBe(Enumerable.Range(0, place.Households.Count));
        place.Units.ShouldAllBe(unit => unit.ParentKey == null || unit.ParentKey < unit.Key);
        place.Helpers.ShouldAllBe(helper => place.Persons[helper.PersonKey].HouseholdKey == helper.HouseholdKey && place.Persons[helper.PersonKey].Phone != null);
        place.Buildings.ShouldAllBe(building => building.X + building.Width <= place.Sites[building.SiteKey].Width && building.Y + building.Height <= place.Sites[building.SiteKey].Height);
    }

    [Fact]
    public void Workbook_OfTheSameSeed_IsTheSameBytes()
    {
        Hash(Qinyuan).ShouldBe(Hash(DemoEstate.Qinyuan()));
        Hash(Qinyuan).ShouldNotBe(Hash(DemoEstate.Qinyuan(seed: 1)));
    }

    [Fact]
    public void Care_OfTheEstate_IsAsCommonAsInLife()
    {
        double Share(DemoCare kind) => Qinyuan.Persons.Count(person => person.Care.Contains(kind)) / (double)Qinyuan.Persons.Count;

        Share(DemoCare.Chronic).ShouldBeInRange(0.08, 0.25);
        Share(DemoCare.LimitedMobility).ShouldBeInRange(0.01, 0.06);
        Share(DemoCare.Dialysis).ShouldBeInRange(0.0002, 0.005);
        Share(DemoCare.Pregnant).ShouldBeInRange(0.001, 0.02);
        Qinyuan.Persons.ShouldContain(person => person.Care.Contains(DemoCare.Newborn));
        Qinyuan.Persons.ShouldContain(person => person.Care.Contains(DemoCare.LivingAlone));
    }

    private static bool IsReadBack(DemoPlace place, DemoHousehold home)
    {
        var building = place.Buildings[home.BuildingKey];
        var entrance = home.EntranceKey is { } key ? place.Entrances[key] : null;
        var address = RoomAddress.FromColumns(building.Name, entrance?.Name, home.Room).Value;
        return (address.Building, address.Entrance, address.Room) == (building.Code, entrance?.Code, home.Room);
    }

    private static bool HasReadablePapers(DemoPerson person, DemoPlace place)
    {
        var document = IdentityDocument.Parse(person.DocumentNumber, place.Day, person.DocumentKind).Value;
        var isRight = document.Number == person.DocumentNumber;
        if (person.DocumentKind == IdentityDocumentKind.ResidentId)
        {
            var number = IdentityNumber.Parse(person.DocumentNumber, place.Day).Value;
            isRight &= number.BirthDate == person.BirthDate && number.Sex == person.Sex && number.Region.StartsWith("69", StringComparison.Ordinal);
        }

        return isRight && (person.Phone is not { } phone || (PhoneNumber.Parse(phone).Value.IsMobile && phone.StartsWith("1790", StringComparison.Ordinal)));
    }

    private static DemoPlace Of(string name) => name == "Qinyuan" ? Qinyuan : Xingqing;

    private static int AgeOf(DemoPerson person, DemoPlace place) =>
        place.Day.Year - person.BirthDate.Year - (person.BirthDate > place.Day.AddYears(person.BirthDate.Year - place.Day.Year) ? 1 : 0);

    private static void Unique(IEnumerable<string> numbers)
    {
        var all = numbers.ToList();
        all.Distinct().Count().ShouldBe(all.Count);
    }

    private static string Hash(DemoPlace place)
    {
        using var stream = new MemoryStream();
        PopulationWorkbook.Write(stream, place);
        return Convert.ToHexString(SHA256.HashData(stream.ToArray()));
    }
}
