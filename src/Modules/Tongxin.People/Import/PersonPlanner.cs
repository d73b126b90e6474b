using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.People.Import;

/// <summary>
/// Writes into the plan what a row says of its person: all of it for somebody new, who is handed to <c>isNew</c> at once; the
/// differences for somebody known. A blank cell takes nothing away.
/// </summary>
internal sealed class PersonPlanner(
    ImportPlan plan, RegisterSnapshot register, PlacePlanner places, UnitPlanner units, SecretBox box, DateOnly today, Action<NewPerson> isNew)
{
    public void Add(PopulationRow row, Home home)
    {
        var id = Ids.New();
        var household = HouseholdOf(row, home);
        isNew(new NewPerson(id, new PersonFacts
        {
            Name = row.Name,
            Sex = row.Sex ?? Sex.Unknown,
            BirthDate = row.BirthDate,
            Category = row.Category ?? (row.Room.Bed is null ? PersonCategory.Resident : PersonCategory.Student),
            Number = row.PersonNumber,
            Document = row.Document,
            Phone = row.Phone,
            Note = row.Note,
        }));
        plan.NewResidencies.Add(Residency.Start(id, household, RelationOf(row), row.Room.Bed, MovedIn(row)));
        foreach (var unit in units.Of(row)) plan.NewAffiliations.Add(Affiliation.Start(id, unit, UnitPlanner.RoleOf(row), MovedIn(row)));
        foreach (var kind in row.Care) plan.NewNeeds.Add(new NewNeed(id, kind));
    }

    /// <summary>The fields that differ, in the words of <c>ImportFinding.Fields</c>; none when the register knows it all.</summary>
    public IReadOnlyList<string> Compare(PopulationRow row, Home home, KnownPerson known, byte[]? documentIndex)
    {
        var fields = new List<string>();
        var facts = new PersonFacts
        {
            Name = Said(row.Name, known.Name, "name"),
            Sex = row.Sex is { } sex && sex != known.Sex ? Note(sex, "sex") : null,
            BirthDate = row.BirthDate is { } birth && birth != known.BirthDate ? Note(birth, "birth-date") : null,
            Category = row.Category is { } category && category != known.Category ? Note(category, "category") : null,
            Number = Said(row.PersonNumber, known.Number, "number"),
            Document = documentIndex is not null && known.DocumentIndex is null ? Note(row.Document, "document") : null,
            Phone = row.Phone is not null && (known.PhoneIndex is null || !known.PhoneIndex.AsSpan().SequenceEqual(box.Index(LookUp.Phone, row.Phone))) ? Note(row.Phone, "phone") : null,
            Note = Said(row.Note, known.Note, "note"),
        };
        if (fields.Count > 0) plan.ChangedPersons[known.Id] = facts;

        CompareHome(row, home, known, fields);
        CompareUnits(row, known, fields);
        foreach (var kind in row.Care.Except(register.CareOf[known.Id]))
        {
            plan.NewNeeds.Add(new NewNeed(known.Id, kind));
            fields.Add("care");
        }
        return [.. fields.Distinct()];

        string? Said(string? now, string? before, string field) => now is not null && now != before ? Note(now, field) : null;

        T Note<T>(T value, string field)
        {
            fields.Add(field);
            return value;
        }
    }

    private void CompareHome(PopulationRow row, Home home, KnownPerson known, List<string> fields)
    {
        var current = register.ResidenciesOf[known.Id].ToList();
        var household = HouseholdOf(row, home, fields);
        if (current.Find(r => r.HouseholdId == household) is { } here)
        {
            var relation = row.Relation ?? here.Relation;
            var bed = row.Room.Bed ?? here.Bed;
            if (relation == here.Relation && bed == here.Bed) return;
            plan.CorrectedResidencies[here.Id] = (relation, bed);
            fields.Add(relation != here.Relation ? "relation" : "bed");
            return;
        }
        // A home of the same kind is left; a student's bed and the parents' flat stand side by side.
        var kind = home.Known?.Kind ?? KindOf(row);
        foreach (var left in current.Where(r => places.KindOf(r.HouseholdId) == kind)) plan.EndedResidencies.Add(left.Id);
        plan.NewResidencies.Add(Residency.Start(known.Id, household, RelationOf(row), row.Room.Bed, row.MovedIn ?? today));
        fields.Add("household");
    }

    private void CompareUnits(PopulationRow row, KnownPerson known, List<string> fields)
    {
        var current = register.AffiliationsOf[known.Id].ToList();
        foreach (var unit in units.Of(row).Where(u => !current.Exists(a => a.UnitId == u)))
        {
            foreach (var left in current.Where(a => units.SameKind(a.UnitId, unit))) plan.EndedAffiliations.Add(left.Id);
            plan.NewAffiliations.Add(Affiliation.Start(known.Id, unit, UnitPlanner.RoleOf(row), today));
            fields.Add("unit");
        }
    }

    private Guid HouseholdOf(PopulationRow row, Home home, List<string>? fields = null)
    {
        if (home.Known is { } known)
        {
            if (row.Use is { } use && use != known.Use && plan.ChangedUse.TryAdd(known.Id, use)) fields?.Add("use");
            return known.Id;
        }
        var created = places.Create(row.Room, home, KindOf(row), row.Use);
        plan.NewHouseholds.Add(created);
        return created.Id;
    }

    private static HouseholdKind KindOf(PopulationRow row) =>
        row.Room.Bed is not null || row.Category is PersonCategory.Student ? HouseholdKind.Dormitory : HouseholdKind.Family;

    private static Relation RelationOf(PopulationRow row) =>
        row.Relation ?? (KindOf(row) == HouseholdKind.Dormitory ? Relation.Roommate : Relation.Other);

    private DateOnly MovedIn(PopulationRow row) => row.MovedIn ?? today;
}
