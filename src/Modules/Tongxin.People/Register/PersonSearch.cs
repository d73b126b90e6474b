using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Text;
using Tongxin.People.Data;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

/// <summary>
/// One search box: name or a part of it, pinyin initials, room label, student or staff number, phone or its last four
/// digits, identity number. What was typed decides which.
/// </summary>
internal sealed class PersonSearch(TongxinDb db, SecretBox box)
{
    public IQueryable<Person> Matching(IQueryable<Person> persons, string text)
    {
        var folded = TextFold.ForSearch(text);
        if (folded.Length == 0) return persons;

        if (folded.All(char.IsAsciiDigit)) return Among(persons, Digits(folded));

        // "3-2-101", "3栋2单元101": a room, when it reads as one.
        var hasDigit = folded.Any(char.IsAsciiDigit);
        var room = RoomAddress.Parse(text);
        if (!room.IsFailure && hasDigit)
        {
            var label = room.Value.Label;
            return Among(persons, Residents(h => h.Label == label));
        }

        if (!hasDigit && folded.All(c => char.IsAsciiLetter(c) || c == '-'))
            return persons.Where(p => p.Initials.StartsWith(folded) || p.NameFolded.Contains(folded));
        if (folded.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            var upper = text.Trim().ToUpperInvariant();
            var document = box.Index(LookUp.Document, upper);
            return Among(persons, All.Where(p => p.NameFolded.Contains(folded)).Select(p => p.Id)
                .Concat(All.Where(p => p.Number == upper).Select(p => p.Id))
                .Concat(All.Where(p => p.DocumentIndex == document).Select(p => p.Id))
                .Concat(Residents(h => h.Label.StartsWith(upper))));
        }
        return persons.Where(p => p.NameFolded.Contains(folded));
    }

    private IQueryable<Person> All => db.Set<Person>().Where(p => p.MergedIntoId == null);

    // Each way to be meant is a query of its own, by its own index; one condition of many "or" would read every row.
    private IQueryable<Guid> Digits(string digits)
    {
        var phone = box.Index(LookUp.Phone, digits);
        var document = box.Index(LookUp.Document, digits);
        var ids = All.Where(p => p.PhoneIndex == phone).Select(p => p.Id)
            .Concat(All.Where(p => p.DocumentIndex == document).Select(p => p.Id))
            .Concat(All.Where(p => p.Number != null && p.Number.StartsWith(digits)).Select(p => p.Id))
            .Concat(Residents(h => h.RoomNumber == digits));
        if (digits.Length != 4) return ids;
        var tail = box.Index(LookUp.PhoneTail, digits);
        return ids.Concat(All.Where(p => p.PhoneTailIndex == tail).Select(p => p.Id));
    }

    private IQueryable<Guid> Residents(Expression<Func<Household, bool>> home) =>
        from h in db.Set<Household>().Where(home)
        join r in db.Set<Residency>() on h.Id equals r.HouseholdId
        where r.Until == null
        select r.PersonId;

    private static IQueryable<Person> Among(IQueryable<Person> persons, IQueryable<Guid> ids) => persons.Where(p => ids.Contains(p.Id));
}
