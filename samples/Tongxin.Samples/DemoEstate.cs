using System.Globalization;
using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>
/// Qinyuan 沁园: 17 buildings with 51 entrances, 1,500 flats of which 90 stand empty, about 4,000 people, and 389 helpers,
/// 51 of whom can be captain, one at home in each entrance.
/// </summary>
public static class DemoEstate
{
    private const int EntrancesEach = 3;
    private const int Vacant = 90;
    private const int HelperCount = 389;
    private const int MostHelpersOfAHome = 2;

    // 36 entrances of 15 floors and 2 flats, 15 of 7 floors and 4: 1,500.
    private const int Towers = 12;
    private const int Slabs = 5;

    public static DemoPlace Qinyuan(int seed = 20_220_110, DateOnly? day = null)
    {
        var place = new PlaceBuilder(seed, day ?? DemoPlace.DefaultDay, block: 0);
        var (departments, branches) = Organise(place);
        Furnish(place);
        var flats = new Flats(place, departments, branches);
        foreach (var home in place.Households.Where(home => home.Use != HousingUse.Vacant))
        {
            flats.Fill(home.Key, home.Use);
        }

        Recruit(place);
        JoinTemporaryBranches(place);
        return place.Build("沁园小区", "Qinyuan estate");
    }

    private static (int[] Departments, int[] Branches) Organise(PlaceBuilder place)
    {
        var committee = place.AddUnit(null, DemoUnitKind.SchoolCommittee, "学校党委");
        int[] departments = [.. new[] { "机电工程学院", "轻工学院", "材料学院", "后勤处", "保卫处", "校医院", "图书馆" }
            .Select(name => place.AddUnit(committee, name.EndsWith("学院", StringComparison.Ordinal) ? DemoUnitKind.College : DemoUnitKind.Department, name))];
        var estate = place.AddUnit(committee, DemoUnitKind.Department, "沁园社区");
        int[] branches = [.. new[] { "沁园社区第一党支部", "沁园社区第二党支部", "沁园社区离退休党支部" }.Select(name => place.AddUnit(estate, DemoUnitKind.PartyBranch, name))];
        foreach (var order in new[] { "第一", "第二", "第三" })
        {
            place.AddUnit(estate, DemoUnitKind.TemporaryBranch, $"沁园志愿者{order}临时党支部", place.Day.AddDays(60));
        }

        place.AddUnit(committee, DemoUnitKind.TaskForce, "家属区疫情防控专班");
        return (departments, branches);
    }

    private static void Furnish(PlaceBuilder place)
    {
        var site = place.AddSite("沁园小区", 430, 330);
        var empty = EmptyFlats(place.Dice);
        for (var number = 1; number <= Towers + Slabs; number++)
        {
            var (floors, flats) = number <= Towers ? (15, 2) : (7, 4);
            var (column, row) = ((number - 1) % 5, (number - 1) / 5);
            var code = number.ToString(CultureInfo.InvariantCulture);
            var building = place.AddBuilding(site, null, $"{code}号楼", code, floors, 20 + (column * 82), 20 + (row * 78), number <= Towers ? 54 : 66);
            for (var door = 1; door <= EntrancesEach; door++)
            {
                var entrance = place.AddEntrance(building, door);
                for (var flat = 0; flat < floors * flats; flat++)
                {
                    var use = empty[place.Households.Count] ? HousingUse.Vacant : place.Dice.Happens(0.17) ? HousingUse.Rented : HousingUse.OwnerOccupied;
                    place.AddHousehold(building, entrance, (flat / flats) + 1, (flat % flats) + 1, DemoDoor.Family, use);
                }
            }
        }
    }

    private static bool[] EmptyFlats(Dice dice)
    {
        var empty = new bool[EntrancesEach * ((Towers * 30) + (Slabs * 28))];
        empty.AsSpan(0, Vacant).Fill(true);
        dice.Shuffle(empty);
        return empty;
    }

    /// <summary>A captain from every entrance first, a party member where there is one; then neighbours, at most two of a home.</summary>
    private static void Recruit(PlaceBuilder place)
    {
        var able = place.Persons.Where(person => person.Phone is not null && AgeOf(place, person) is >= 18 and <= 68 && person.Care.Count == 0).ToList();
        place.Dice.Shuffle(able);
        var captains = able.OrderBy(person => person.BranchKey is null).DistinctBy(person => EntranceOf(place, person)).ToHashSet();
        var ofHome = captains.ToDictionary(person => person.HouseholdKey, _ => 1);
        var members = new List<DemoPerson>();
        foreach (var person in able.Where(person => !captains.Contains(person)))
        {
            if (captains.Count + members.Count == HelperCount)
            {
                break;
            }

            var others = ofHome.GetValueOrDefault(person.HouseholdKey);
            if (others < MostHelpersOfAHome)
            {
                ofHome[person.HouseholdKey] = others + 1;
                members.Add(person);
            }
        }

        place.Helpers.AddRange(captains.Concat(members).OrderBy(person => person.Key).Select(person => new DemoHelper(person.Key, person.HouseholdKey, captains.Contains(person))));
    }

    private static void JoinTemporaryBranches(PlaceBuilder place)
    {
        var branches = place.Units.Where(unit => unit.Kind == DemoUnitKind.TemporaryBranch).Select(unit => unit.Key).ToList();
        var led = new HashSet<int>();
        foreach (var helper in place.Helpers.Where(helper => place.Persons[helper.PersonKey].BranchKey is not null))
        {
            var branch = branches[EntranceOf(place, place.Persons[helper.PersonKey]) % branches.Count];
            place.Memberships.Add(new(helper.PersonKey, branch, led.Add(branch) ? DemoRole.Secretary : DemoRole.Member));
        }
    }

    private static int EntranceOf(PlaceBuilder place, DemoPerson person) => place.Households[person.HouseholdKey].EntranceKey ?? -1;

    private static int AgeOf(PlaceBuilder place, DemoPerson person) =>
        place.Day.Year - person.BirthDate.Year - (place.Day < person.BirthDate.AddYears(place.Day.Year - person.BirthDate.Year) ? 1 : 0);
}
