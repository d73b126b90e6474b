using System.Globalization;
using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>Fills flats with families, their categories and their needs.</summary>
internal sealed class Flats(PlaceBuilder place, IReadOnlyList<int> departments, IReadOnlyList<int> branches)
{
    // Staff of two places may stand in one register, so that their numbers must not meet.
    private int _staff = place.Block * 5_000;

    /// <summary>At most <paramref name="most"/> people; the head always stays.</summary>
    public void Fill(int household, HousingUse use, int most = int.MaxValue)
    {
        var members = use == HousingUse.Rented ? place.Families.Tenants() : place.Families.Owners();
        var movedIn = place.Day.AddDays(-place.Dice.Between(30, use == HousingUse.Rented ? 1_100 : 7_000));
        foreach (var member in members.Take(most))
        {
            Settle(household, member, members, use, movedIn);
        }
    }

    private void Settle(int household, Member member, IReadOnlyList<Member> family, HousingUse use, DateOnly movedIn)
    {
        var dice = place.Dice;
        var birth = place.BirthOf(member.Age);
        var category = CategoryOf(member, use);
        var works = category is DemoCategory.Staff or DemoCategory.Retiree;
        var hasPhone = member.Age >= 12 && (member.Age < 80 || dice.Happens(0.75));
        place.AddPerson(
            dice.Happens(0.006) ? place.Names.Uyghur(member.Sex) : member.Name,
            member.Sex, birth, household, member.Relation, category, movedIn, CareOf(member, birth, family), hasPhone,
            number: works ? string.Create(CultureInfo.InvariantCulture, $"{Math.Min(birth.Year + dice.Between(23, 30), place.Day.Year)}{++_staff:0000}") : null,
            college: works ? dice.Pick(departments) : null,
            branch: works && dice.Happens(0.38) ? dice.Pick(branches) : null);
    }

    private DemoCategory CategoryOf(Member member, HousingUse use)
    {
        var isOwner = use == HousingUse.OwnerOccupied;
        var isRetired = member.Age >= (member.Sex == Sex.Male ? 60 : 56);
        return member switch
        {
            { Age: < 22 } => DemoCategory.Family,
            _ when isRetired => isOwner && member.Relation is DemoRelation.Head or DemoRelation.Spouse && place.Dice.Happens(0.72) ? DemoCategory.Retiree : DemoCategory.Family,
            { Relation: DemoRelation.Head } => place.Dice.Happens(isOwner ? 0.7 : 0.25) ? DemoCategory.Staff : DemoCategory.Resident,
            { Relation: DemoRelation.Spouse } => place.Dice.Happens(isOwner ? 0.45 : 0.1) ? DemoCategory.Staff : DemoCategory.Resident,
            { Relation: DemoRelation.Child } => DemoCategory.Family,
            _ => DemoCategory.Resident,
        };
    }

    private List<DemoCare> CareOf(Member member, DateOnly birth, IReadOnlyList<Member> family)
    {
        var dice = place.Dice;
        var care = new List<DemoCare>();
        AddWhen(dice.Happens(member.Age switch { >= 75 => 0.55, >= 60 => 0.36, >= 40 => 0.1, >= 18 => 0.015, _ => 0.005 }), DemoCare.Chronic);
        AddWhen(dice.Happens(member.Age >= 40 ? 0.0025 : 0.0002), DemoCare.Dialysis);
        AddWhen(dice.Happens(member.Age >= 40 ? 0.005 : 0.0005), DemoCare.Chemotherapy);
        AddWhen(member is { Sex: Sex.Female, Age: >= 23 and <= 41 } && family.Count > 1 && dice.Happens(0.028), DemoCare.Pregnant);
        AddWhen(place.Day.DayNumber - birth.DayNumber <= 90, DemoCare.Newborn);
        AddWhen(dice.Happens(member.Age switch { >= 80 => 0.28, >= 70 => 0.09, >= 18 => 0.004, _ => 0.001 }), DemoCare.LimitedMobility);
        AddWhen(family.Count == 1 && member.Age >= 65, DemoCare.LivingAlone);
        return care;

        void AddWhen(bool applies, DemoCare kind)
        {
            if (applies)
            {
                care.Add(kind);
            }
        }
    }
}
