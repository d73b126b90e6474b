using Tongxin.Core.Text;

namespace Tongxin.Samples;

/// <summary>Someone behind a door, before papers and offices.</summary>
internal sealed record Member(string Name, Sex Sex, int Age, DemoRelation Relation);

/// <summary>Who lives together: sizes, ages and surnames as in a Chinese housing estate.</summary>
internal sealed class Families(Dice dice, Names names, int year)
{
    // Old alone, old couple, couple, couple and child, couple and two, three generations, one parent, one adult.
    private static readonly double[] OwnerShares = [7, 16, 13, 27, 9, 16, 5, 7];

    public IReadOnlyList<Member> Owners() => dice.Weighted(OwnerShares) switch
    {
        0 => Alone(dice.Between(62, 91)),
        1 => Couple(dice.Between(60, 86)),
        2 => Couple(dice.Between(26, 60)),
        3 => WithChildren(dice.Between(27, 58), 1),
        4 => WithChildren(dice.Between(31, 50), 2),
        5 => ThreeGenerations(),
        6 => OneParent(),
        _ => Alone(dice.Between(24, 59)),
    };

    /// <summary>A young couple, a small family, or people who share the rent.</summary>
    public IReadOnlyList<Member> Tenants() => dice.Weighted([35, 35, 30]) switch
    {
        0 => Couple(dice.Between(23, 40)),
        1 => WithChildren(dice.Between(26, 42), 1),
        _ => Sharing(),
    };

    private List<Member> Alone(int age) => [Adult(names.Surname(), dice.Happens(age > 60 ? 0.35 : 0.55) ? Sex.Male : Sex.Female, age, DemoRelation.Head)];

    private List<Member> Couple(int age)
    {
        var manIsHead = dice.Happens(0.68);
        var surname = names.Surname();
        var spouseAge = Math.Max(22, age + (manIsHead ? dice.Between(-5, 2) : dice.Between(-2, 5)));
        var man = Adult(surname, Sex.Male, manIsHead ? age : spouseAge, manIsHead ? DemoRelation.Head : DemoRelation.Spouse);
        var woman = Adult(names.Surname(), Sex.Female, manIsHead ? spouseAge : age, manIsHead ? DemoRelation.Spouse : DemoRelation.Head);
        return manIsHead ? [man, woman] : [woman, man];
    }

    private List<Member> WithChildren(int age, int children)
    {
        var family = Couple(age);
        var mother = family.Single(member => member.Sex == Sex.Female);
        var father = family.Single(member => member.Sex == Sex.Male);
        for (var birthAge = dice.Between(23, 31); children > 0 && mother.Age - birthAge >= 0; children--, birthAge += dice.Between(2, 6))
        {
            family.Add(Child(SurnameOf(father), Math.Min(mother.Age - birthAge, 28), DemoRelation.Child));
        }

        return family;
    }

    private List<Member> ThreeGenerations()
    {
        var family = WithChildren(dice.Between(29, 46), dice.Between(1, 2));
        var father = family.Single(member => member.Sex == Sex.Male && member.Relation is DemoRelation.Head or DemoRelation.Spouse && member.Age > 20);
        var age = father.Age + dice.Between(23, 31);
        if (dice.Happens(0.75))
        {
            family.Add(Adult(SurnameOf(father), Sex.Male, age, DemoRelation.Parent));
        }

        family.Add(Adult(names.Surname(), Sex.Female, age - dice.Between(0, 4), DemoRelation.Parent));
        return family;
    }

    private List<Member> OneParent()
    {
        var parent = Adult(names.Surname(), dice.Happens(0.25) ? Sex.Male : Sex.Female, dice.Between(30, 52), DemoRelation.Head);
        return [parent, Child(dice.Happens(0.4) ? SurnameOf(parent) : names.Surname(), parent.Age - dice.Between(23, 30), DemoRelation.Child)];
    }

    private List<Member> Sharing() =>
        [.. Enumerable.Range(0, dice.Between(2, 4)).Select(place => Adult(names.Surname(), dice.Happens(0.5) ? Sex.Male : Sex.Female, dice.Between(21, 35), place == 0 ? DemoRelation.Head : DemoRelation.Tenant))];

    private Member Adult(string surname, Sex sex, int age, DemoRelation relation) => new(names.Full(surname, sex, year - age), sex, age, relation);

    private Member Child(string surname, int age, DemoRelation relation)
    {
        var sex = dice.Happens(0.525) ? Sex.Male : Sex.Female;
        return new(names.Full(surname, sex, year - age), sex, Math.Max(age, 0), relation);
    }

    private static string SurnameOf(Member member) => member.Name.StartsWith("欧阳", StringComparison.Ordinal) || member.Name.StartsWith("上官", StringComparison.Ordinal)
        || member.Name.StartsWith("司马", StringComparison.Ordinal) || member.Name.StartsWith("诸葛", StringComparison.Ordinal) ? member.Name[..2] : member.Name[..1];
}
