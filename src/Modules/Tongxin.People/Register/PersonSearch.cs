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

        var residencies = db.Set<Residency>().Where(r => r.Until == null);
        var households = db.Set<Household>();

        if (folded.All(char.IsAsciiDigit))
        {
            var tail = folded.Length == 4 ? box.Index(LookUp.PhoneTail, folded) : null;
            var phone = box.Index(LookUp.Phone, folded);
            var document = box.Index(LookUp.Document, folded);
            return persons.Where(p =>
                (tail != null && p.PhoneTailIndex == tail) || p.PhoneIndex == phone || p.DocumentIndex == document
                || (p.Number != null && p.Number.StartsWith(folded))
                || (from r in residencies
                    join h in households on r.HouseholdId equals h.Id
                    where r.PersonId == p.Id && h.RoomNumber == folded
                    select r).Any());
        }

        // "3-2-101", "3栋2单元101": a room, when it reads as one.
        var room = RoomAddress.Parse(text);
        if (!room.IsFailure && folded.Any(char.IsAsciiDigit))
        {
            var label = room.Value.Label;
            return persons.Where(p => (
                from r in residencies
                join h in households on r.HouseholdId equals h.Id
                where r.PersonId == p.Id && h.Label == label
                select r).Any());
        }

        var upper = text.Trim().ToUpperInvariant();
        var sealedDocument = box.Index(LookUp.Document, upper);
        if (folded.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return persons.Where(p =>
                p.Initials.StartsWith(folded) || p.NameFolded.Contains(folded) || p.Number == upper || p.DocumentIndex == sealedDocument
                || (from r in residencies
                    join h in households on r.HouseholdId equals h.Id
                    where r.PersonId == p.Id && h.Label.StartsWith(upper)
                    select r).Any());
        }
        return persons.Where(p => p.NameFolded.Contains(folded));
    }
}
