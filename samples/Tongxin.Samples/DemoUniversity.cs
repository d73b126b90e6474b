using System.Globalization;
using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>
/// Xingqing 兴庆: a university on four sites with 30,000 people, 26,400 of them students in dormitories and 3,600 in two
/// family areas; 11 task forces, three temporary branches and 1,200 helpers.
/// </summary>
public static class DemoUniversity
{
    // Dormitories count from 1: no number comes twice on a site.
    private const int FirstFamilyHouse = 51;
    private const int FloorsOfFlats = 6;
    private const int FlatsOfAFloor = 2;
    private const int EntrancesEach = 4;
    private const int HelperCount = 1_200;
    private const int CaptainCount = 120;

    public static DemoPlace Xingqing(int seed = 20_220_103, DateOnly? day = null)
    {
        var place = new PlaceBuilder(seed, day ?? DemoPlace.DefaultDay, block: 1);
        var committee = place.AddUnit(null, DemoUnitKind.SchoolCommittee, "学校党委");
        int[] departments = [.. UniversityPlan.Departments.Select(name => place.AddUnit(committee, DemoUnitKind.Department, name))];
        int[] branches = [.. departments.Select(department => place.AddUnit(department, DemoUnitKind.PartyBranch, $"{place.Units[department].Name}党支部"))];
        var flats = new Flats(place, departments, branches);
        var enrolment = new Enrolment(place, committee);
        foreach (var site in UniversityPlan.Sites)
        {
            var key = place.AddSite(site.Name, 700, 420 + (site.Students / 40));
            new Dormitories(place, key, "学生生活区").House(enrolment.Enrol(site));
            if (site.Residents > 0)
            {
                SettleFamilies(place, flats, key, site);
            }
        }

        Mobilise(place, committee);
        return place.Build("兴庆大学", "Xingqing university");
    }

    /// <summary>Houses one after the other until the site has all its residents; one flat in twenty stands empty.</summary>
    private static void SettleFamilies(PlaceBuilder place, Flats flats, int site, UniversitySite plan)
    {
        var last = place.Persons.Count + plan.Residents;
        var top = place.Buildings.Where(building => building.SiteKey == site).Max(building => building.Y) + 80;
        for (var order = 0; place.Persons.Count < last; order++)
        {
            var (column, row) = (order % 6, order / 6);
            var code = (FirstFamilyHouse + order).ToString(CultureInfo.InvariantCulture);
            var building = place.AddBuilding(site, plan.FamilyArea, $"{code}号楼", code, FloorsOfFlats, 40 + (column * 105), top + (row * 50), 88);
            for (var door = 1; door <= EntrancesEach; door++)
            {
                var entrance = place.AddEntrance(building, door);
                for (var flat = 0; flat < FloorsOfFlats * FlatsOfAFloor; flat++)
                {
                    var isFull = place.Persons.Count == last;
                    var use = isFull || place.Dice.Happens(0.05) ? HousingUse.Vacant : place.Dice.Happens(0.15) ? HousingUse.Rented : HousingUse.OwnerOccupied;
                    var home = place.AddHousehold(building, entrance, (flat / FlatsOfAFloor) + 1, (flat % FlatsOfAFloor) + 1, DemoDoor.Family, use);
                    if (use != HousingUse.Vacant)
                    {
                        flats.Fill(home, use, last - place.Persons.Count);
                    }
                }
            }
        }
    }

    private static void Mobilise(PlaceBuilder place, int committee)
    {
        var dice = place.Dice;
        var staff = place.Persons.Where(person => person.Category == DemoCategory.Staff).ToList();
        dice.Shuffle(staff);
        foreach (var name in UniversityPlan.TaskForces)
        {
            // The same people may serve in several.
            Join(place.AddUnit(committee, DemoUnitKind.TaskForce, name), DemoRole.Leader, Draw(staff, dice.Between(9, 18)));
        }

        var party = place.Persons.Where(person => person.BranchKey is not null && person.Category != DemoCategory.Retiree).ToList();
        dice.Shuffle(party);
        var taken = 0;
        foreach (var order in new[] { "第一", "第二", "第三" })
        {
            var branch = place.AddUnit(committee, DemoUnitKind.TemporaryBranch, $"志愿者{order}临时党支部", place.Day.AddDays(60));
            var size = dice.Between(25, 45);
            Join(branch, DemoRole.Secretary, party.GetRange(taken, size));
            taken += size;
        }

        var able = place.Persons.Where(person => person.Category is DemoCategory.Student or DemoCategory.Staff && person.Care.Count == 0).ToList();
        dice.Shuffle(able);
        var captains = able.Take(HelperCount).OrderBy(person => person.BranchKey is null).Take(CaptainCount).ToHashSet();
        place.Helpers.AddRange(able.Take(HelperCount).OrderBy(person => person.Key).Select(person => new DemoHelper(person.Key, person.HouseholdKey, captains.Contains(person))));

        List<DemoPerson> Draw(List<DemoPerson> from, int count)
        {
            var start = dice.Between(0, from.Count - count);
            return from.GetRange(start, count);
        }

        void Join(int unit, DemoRole first, List<DemoPerson> people) =>
            place.Memberships.AddRange(people.Select((person, at) => new DemoMembership(person.Key, unit, at == 0 ? first : DemoRole.Member)));
    }
}
