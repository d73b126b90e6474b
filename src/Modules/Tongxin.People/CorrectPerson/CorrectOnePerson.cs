using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.People.AddPerson;
using Tongxin.People.Data;
using Tongxin.People.Register;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.CorrectPerson;

/// <summary>Corrects what is known of a person. A form that was opened before somebody else's change is refused, not written over it.</summary>
internal sealed class CorrectOnePerson(TongxinDb db, RegisterScope scopes, Uniqueness unique, SecretBox box, TimeProvider clock)
{
    /// <summary>The form as it is now; null out of scope. Numbers stay out of it: they are typed anew or left alone.</summary>
    public async Task<PersonForm?> OpenAsync(Guid id, Actor actor, CancellationToken ct)
    {
        var person = await FindAsync(id, actor, ct);
        return person is null ? null : new PersonForm
        {
            Name = person.Name,
            Sex = person.Sex,
            BirthDate = person.BirthDate,
            Category = person.Category,
            Number = person.Number,
            Note = person.Note,
            Version = person.Version,
        };
    }

    public async Task<SavedPerson> ExecuteAsync(Guid id, PersonForm form, Actor actor, CancellationToken ct)
    {
        var person = await FindAsync(id, actor, ct);
        if (person is null) return SavedPerson.Refused("", PeopleErrors.PersonNotFound);
        if (person.Version != form.Version) return SavedPerson.Refused("", PeopleErrors.Changed);

        var read = PersonReader.Read(form, CampusCalendar.DayOf(clock.GetUtcNow()));
        var refusals = (List<FieldRefusal>)[.. read.Refusals, .. await unique.CheckAsync(read.Facts, id, ct)];
        if (refusals.Count > 0) return new SavedPerson(null, refusals);

        var fields = ChangedFields(person, form, read.Facts);
        person.Apply(read.Facts, box);
        person.Forget(
            birthDate: form.BirthDate is null, number: read.Facts.Number is null, note: read.Facts.Note is null,
            document: form.ForgetDocument && read.Facts.Document is null, phone: form.ForgetPhone && read.Facts.Phone is null);
        db.Record(actor, "people.person.corrected", "person", id, details: new { fields });
        try
        {
            await db.CommitAsync(ct);
            return new SavedPerson(id, []);
        }
        catch (DbUpdateConcurrencyException)
        {
            return SavedPerson.Refused("", PeopleErrors.Changed);
        }
        catch (DbUpdateException failure) when (db.Dialect.IsUniqueViolation(failure))
        {
            return SavedPerson.Refused(nameof(form.Number), PeopleErrors.NumberTaken);
        }
    }

    private async Task<Person?> FindAsync(Guid id, Actor actor, CancellationToken ct) =>
        await (await scopes.OfAsync(actor, PeoplePermissions.Edit, ct))
            .Narrow(db.Set<Person>().Where(p => p.Id == id && p.MergedIntoId == null)).SingleOrDefaultAsync(ct);

    // Names of fields, never their values: the journal says what was touched.
    private static List<string> ChangedFields(Person person, PersonForm form, PersonFacts facts) =>
    [
        .. new (string Name, bool Changed)[]
        {
            ("name", person.Name != facts.Name),
            ("sex", person.Sex != facts.Sex),
            ("birthDate", person.BirthDate != form.BirthDate),
            ("category", person.Category != facts.Category),
            ("number", person.Number != facts.Number),
            ("document", facts.Document is not null || form.ForgetDocument),
            ("phone", facts.Phone is not null || form.ForgetPhone),
            ("note", person.Note != facts.Note),
        }.Where(f => f.Changed).Select(f => f.Name),
    ];
}
