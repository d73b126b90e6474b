using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.AddPerson;

/// <summary>The answer of adding or correcting: the person, or the fields that were refused.</summary>
internal sealed record SavedPerson(Guid? Id, IReadOnlyList<FieldRefusal> Refusals)
{
    public bool IsSaved => Id is not null;

    public static SavedPerson Refused(string field, Error error) => new(null, [new FieldRefusal(field, error)]);
}

/// <summary>Adds one person, into a household when one is named.</summary>
internal sealed class AddOnePerson(TongxinDb db, RegisterScope scopes, Uniqueness unique, SecretBox box, TimeProvider clock)
{
    public async Task<SavedPerson> ExecuteAsync(PersonForm form, Guid? householdId, Actor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = CampusCalendar.DayOf(now);
        var reach = await scopes.OfAsync(actor, PeoplePermissions.Edit, ct);
        if (householdId is { } home && !await reach.Narrow(db.Set<Household>().Where(h => h.Id == home)).AnyAsync(ct))
            return SavedPerson.Refused("", PeopleErrors.HouseholdNotFound);
        // Whoever keeps a part of the register could not see again whom they added outside of it.
        if (householdId is null && !reach.Everything) return SavedPerson.Refused("", PeopleErrors.HomeNeeded);

        var read = PersonReader.Read(form, today);
        var refusals = (List<FieldRefusal>)[.. read.Refusals, .. await unique.CheckAsync(read.Facts, except: null, ct)];
        if (refusals.Count > 0) return new SavedPerson(null, refusals);

        var person = Person.Create(Ids.New(), read.Facts, box, now);
        db.Add(person);
        db.Record(actor, "people.person.added", "person", person.Id, details: new { household = householdId });
        if (householdId is { } into)
        {
            db.Add(Residency.Start(person.Id, into, form.Relation, string.IsNullOrWhiteSpace(form.Bed) ? null : form.Bed.Trim(), today));
            db.Record(actor, "people.household.resident-added", "household", into, details: new { person = person.Id });
        }
        try
        {
            await db.CommitAsync(ct);
            return new SavedPerson(person.Id, []);
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            // Somebody added the same person at the same moment.
            return SavedPerson.Refused(nameof(form.Number), PeopleErrors.NumberTaken);
        }
    }
}

/// <summary>No two live entries share a number or a document.</summary>
internal sealed class Uniqueness(TongxinDb db, SecretBox box)
{
    public async Task<IReadOnlyList<FieldRefusal>> CheckAsync(PersonFacts facts, Guid? except, CancellationToken ct)
    {
        var refusals = new List<FieldRefusal>();
        var others = db.Set<Person>().Where(p => p.MergedIntoId == null && p.Id != except);
        if (facts.Number is { } number && await others.AnyAsync(p => p.Number == number, ct))
            refusals.Add(new FieldRefusal(nameof(PersonForm.Number), PeopleErrors.NumberTaken));
        if (facts.Document is { } document)
        {
            var index = box.Index(LookUp.Document, document.Number);
            if (await others.AnyAsync(p => p.DocumentIndex == index, ct))
                refusals.Add(new FieldRefusal(nameof(PersonForm.Document), PeopleErrors.DocumentTaken));
        }
        return refusals;
    }
}
