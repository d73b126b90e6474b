using System.Globalization;
using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>Collects a place while it is being built; the next key of a list is its length.</summary>
internal sealed class PlaceBuilder
{
    private readonly Dice _dice;
    private readonly Papers _papers;

    /// <param name="block">0 or 1: of two blocks no paper, phone or staff number is the same.</param>
    public PlaceBuilder(int seed, DateOnly day, int block)
    {
        (_dice, Day, Block) = (new Dice(seed), day, block);
        _papers = new Papers(_dice, block);
        Names = new Names(_dice);
        Families = new Families(_dice, Names, day.Year);
    }

    public Dice Dice => _dice;

    public DateOnly Day { get; }

    public int Block { get; }

    public Names Names { get; }

    public Families Families { get; }

    public List<DemoSite> Sites { get; } = [];

    public List<DemoBuilding> Buildings { get; } = [];

    public List<DemoEntrance> Entrances { get; } = [];

    public List<DemoHousehold> Households { get; } = [];

    public List<DemoPerson> Persons { get; } = [];

    public List<DemoUnit> Units { get; } = [];

    public List<DemoMembership> Memberships { get; } = [];

    public List<DemoHelper> Helpers { get; } = [];

    public DemoPlace Build(string name, string englishName) =>
        new(name, englishName, Day, Sites, Buildings, Entrances, Households, Persons, Units, Memberships, Helpers);

    public int AddSite(string name, double width, double height)
    {
        Sites.Add(new(Sites.Count, name, width, height));
        return Sites.Count - 1;
    }

    public int AddBuilding(int site, string? zone, string name, string code, int floors, double x, double y, double width, double height = 14)
    {
        Buildings.Add(new(Buildings.Count, site, zone, name, code, floors, x, y, width, height));
        return Buildings.Count - 1;
    }

    public int AddEntrance(int building, int number)
    {
        var code = number.ToString(CultureInfo.InvariantCulture);
        Entrances.Add(new(Entrances.Count, building, $"{code}单元", code));
        return Entrances.Count - 1;
    }

    public int AddHousehold(int building, int? entrance, int floor, int number, DemoDoor kind, HousingUse use, int beds = 0)
    {
        var room = string.Create(CultureInfo.InvariantCulture, $"{floor}{number:00}");
        Households.Add(new(Households.Count, building, entrance, room, kind, use, beds));
        return Households.Count - 1;
    }

    public int AddUnit(int? parent, DemoUnitKind kind, string name, DateOnly? endsOn = null)
    {
        Units.Add(new(Units.Count, parent, kind, name, kind is DemoUnitKind.TemporaryBranch or DemoUnitKind.TaskForce ? Day : new DateOnly(2020, 9, 1), endsOn));
        return Units.Count - 1;
    }

    /// <summary>A birth date that makes someone <paramref name="age"/> years old on the day.</summary>
    public DateOnly BirthOf(int age) => Day.AddYears(-age).AddDays(-_dice.Between(0, 364));

    public DemoPerson AddPerson(
        string name, Sex sex, DateOnly birth, int household, DemoRelation relation, DemoCategory category, DateOnly movedIn,
        IReadOnlyList<DemoCare> care, bool hasPhone, bool isForeign = false, int? bed = null, string? number = null, int? college = null, int? classKey = null, int? branch = null)
    {
        var kind = isForeign ? IdentityDocumentKind.Passport : IdentityDocumentKind.ResidentId;
        var document = isForeign ? _papers.Passport() : _papers.Identity(birth, sex);
        var person = new DemoPerson(
            Persons.Count, name, sex, birth, kind, document, hasPhone ? _papers.Phone() : null, household, bed, relation, category, number,
            college, classKey, branch, care, movedIn < birth ? birth : movedIn);
        Persons.Add(person);
        return person;
    }
}
