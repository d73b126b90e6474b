using Microsoft.EntityFrameworkCore;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Import;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

internal sealed class Persons(TongxinDb db, SecretBox box, PersonSearch search, PersonMatch match, Roll roll) : IPersons
{
    public async Task<IReadOnlyList<PersonView>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var kept = await db.Set<Person>().AsNoTracking()
            .Where(p => ids.Contains(p.Id))
            .Select(p => p.MergedIntoId ?? p.Id)
            .Distinct().ToListAsync(ct);
        return await ToViews(db.Set<Person>().AsNoTracking().Where(p => kept.Contains(p.Id))).ToListAsync(ct);
    }

    public async Task<IReadOnlyDictionary<Guid, Guid>> EntriesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        const int Together = 1000;
        var kept = new HashSet<Guid>();
        foreach (var part in ids.Distinct().Chunk(Together))
        {
            kept.UnionWith(await db.Set<Person>().Where(p => p.MergedIntoId != null && (part.Contains(p.Id) || part.Contains(p.MergedIntoId ?? Guid.Empty)))
                .Select(p => p.MergedIntoId ?? p.Id).Distinct().ToListAsync(ct));
        }
        var entries = kept.ToDictionary(id => id);
        foreach (var part in kept.Chunk(Together))
            foreach (var gone in await db.Set<Person>().Where(p => p.MergedIntoId != null && part.Contains(p.MergedIntoId ?? Guid.Empty)).Select(p => new { p.Id, p.MergedIntoId }).ToListAsync(ct))
                entries[gone.Id] = gone.MergedIntoId ?? gone.Id;
        return entries;
    }

    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name }).ToDictionaryAsync(p => p.Id, p => p.Name, ct);

    public async Task<IReadOnlyDictionary<Guid, string>> MaskedPhonesAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        (await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id) && p.PhoneSealed != null).Select(p => new { p.Id, p.PhoneSealed }).ToListAsync(ct))
            .ToDictionary(p => p.Id, p => Mask.Phone(box.Unseal(p.PhoneSealed)));

    public Task<IReadOnlyList<RollEntry>> RollAsync(CancellationToken ct) => roll.ReadAsync(ct);

    public async Task<IReadOnlyList<PersonView>> SearchAsync(string text, int limit, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var live = db.Set<Person>().AsNoTracking().Where(p => p.MergedIntoId == null);
        return await ToViews(search.Matching(live, text).OrderBy(p => p.SortKey).Take(limit)).ToListAsync(ct);
    }

    public async Task<Result<string?>> RevealPhoneAsync(Guid personId, string purpose, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(purpose)) return PeopleErrors.PurposeMissing;
        var person = await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == personId, ct);
        if (person is null) return PeopleErrors.PersonNotFound;
        db.Record(actor, "people.person.phone-revealed", "person", personId, purpose);
        await db.CommitAsync(ct);
        return box.Unseal(person.PhoneSealed);
    }

    public async Task<IReadOnlyDictionary<string, Guid>> FindByDocumentAsync(IReadOnlyCollection<string> numbers, CancellationToken ct)
    {
        var byIndex = numbers.Distinct().ToDictionary(n => RegisterSnapshot.Key(box.Index(LookUp.Document, n) ?? []));
        var found = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var chunk in byIndex.Keys.Select(Convert.FromHexString).Chunk(500))
        {
            foreach (var person in await db.Set<Person>().Where(p => p.MergedIntoId == null && chunk.Contains(p.DocumentIndex)).Select(p => new { p.Id, p.DocumentIndex }).ToListAsync(ct))
                found[byIndex[RegisterSnapshot.Key(person.DocumentIndex ?? [])]] = person.Id;
        }
        return found;
    }

    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<string>>> DeviceKeysAsync(IReadOnlyCollection<Guid> ids, byte[] salt, CancellationToken ct)
    {
        const int Tail = 4;
        var keys = new Dictionary<Guid, IReadOnlyList<string>>();
        foreach (var part in ids.Distinct().Chunk(1000))
        {
            var found = await db.Set<Person>().AsNoTracking().Where(p => part.Contains(p.Id) && (p.Number != null || p.DocumentSealed != null))
                .Select(p => new { p.Id, p.Number, p.DocumentSealed }).ToListAsync(ct);
            foreach (var person in found)
            {
                List<string> own = [];
                if (person.Number is { Length: > 0 } number) own.Add(DeviceKeys.Of(salt, "n", number));
                if (box.Unseal(person.DocumentSealed) is { Length: > 0 } document)
                {
                    own.Add(DeviceKeys.Of(salt, "d", document));
                    own.Add(DeviceKeys.Of(salt, "t", document[^Math.Min(Tail, document.Length)..]));
                }
                keys[person.Id] = own;
            }
        }

        return keys;
    }

    public async Task<IReadOnlyDictionary<Guid, string>> RevealPhonesAsync(IReadOnlyCollection<Guid> personIds, string purpose, Actor actor, CancellationToken ct)
    {
        var phones = new Dictionary<Guid, string>();
        foreach (var ids in personIds.Distinct().Chunk(1000))
        {
            foreach (var person in await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.PhoneSealed }).ToListAsync(ct))
                if (box.Unseal(person.PhoneSealed) is { } phone) phones[person.Id] = phone;
        }
        db.Record(actor, "people.persons.phones-revealed", "person", null, purpose, new { count = phones.Count });
        return phones;
    }

    public async Task<IReadOnlyDictionary<Guid, string>> RevealDocumentTailsAsync(IReadOnlyCollection<Guid> personIds, string purpose, Actor actor, CancellationToken ct)
    {
        const int Tail = 4;
        var tails = new Dictionary<Guid, string>();
        foreach (var ids in personIds.Distinct().Chunk(1000))
        {
            foreach (var person in await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.DocumentSealed }).ToListAsync(ct))
                if (box.Unseal(person.DocumentSealed) is { Length: >= Tail } number) tails[person.Id] = number[^Tail..];
        }
        db.Record(actor, "people.persons.document-tails-revealed", "person", null, purpose, new { count = tails.Count });
        return tails;
    }

    public Task<IReadOnlyList<Guid?>> MatchAsync(IReadOnlyList<PersonClue> clues, CancellationToken ct) => match.FindAsync(clues, ct);

    public async Task<IReadOnlyList<Guid?>> AddAsync(IReadOnlyList<PersonToAdd> persons, Actor actor, CancellationToken ct)
    {
        var added = await match.AddAsync(persons, ct);
        db.Record(actor, "people.persons.added", "person", added is [{ } only] ? only : null, details: new { count = added.Count(id => id is not null) });
        return added;
    }

    public Task<bool> PhoneTailMatchesAsync(Guid householdId, string tail, CancellationToken ct)
    {
        var index = box.Index(LookUp.PhoneTail, tail);
        return (from r in db.Set<Residency>()
                join p in db.Set<Person>() on r.PersonId equals p.Id
                where r.HouseholdId == householdId && r.Until == null && p.PhoneTailIndex == index
                select p).AnyAsync(ct);
    }

    private IQueryable<PersonView> ToViews(IQueryable<Person> persons) =>
        from p in persons
        let home = (from r in db.Set<Residency>()
                    join h in db.Set<Household>() on r.HouseholdId equals h.Id
                    where r.PersonId == p.Id && r.Until == null
                    orderby r.From descending, r.Id descending
                    select new { h.Id, h.Label }).FirstOrDefault()
        select new PersonView(p.Id, p.Name, p.Sex, p.BirthDate, p.Category, p.Number, (Guid?)home!.Id, home!.Label);
}
