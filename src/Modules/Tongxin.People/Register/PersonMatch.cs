using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.People.Data;
using Tongxin.People.Import;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.People.Register;

/// <summary>Tells who is meant by what somebody says of themselves, for one or for thousands.</summary>
internal sealed class PersonMatch(TongxinDb db, SecretBox box, TimeProvider clock)
{
    private const int AtOnce = 500;

    public async Task<IReadOnlyList<Guid?>> FindAsync(IReadOnlyList<PersonClue> clues, CancellationToken ct)
    {
        var known = new List<Known>();
        foreach (var part in clues.Chunk(AtOnce))
        {
            var numbers = part.Select(c => c.Number).OfType<string>().Distinct().ToList();
            var documents = part.Select(c => box.Index(LookUp.Document, c.Document)).OfType<byte[]>().ToList();
            var phones = part.Select(c => box.Index(LookUp.Phone, c.Phone)).OfType<byte[]>().ToList();
            var live = db.Set<Person>().AsNoTracking().Where(p => p.MergedIntoId == null);
            // Each way by its own index; one condition of many "or" would read every row.
            if (numbers.Count > 0) known.AddRange(await ReadAsync(live.Where(p => p.Number != null && numbers.Contains(p.Number)), ct));
            if (documents.Count > 0) known.AddRange(await ReadAsync(live.Where(p => documents.Contains(p.DocumentIndex!)), ct));
            if (phones.Count > 0) known.AddRange(await ReadAsync(live.Where(p => phones.Contains(p.PhoneIndex!)), ct));
        }
        var all = known.DistinctBy(p => p.Id).ToList();
        var byNumber = all.Where(p => p.Number is not null).ToLookup(p => p.Number ?? "", StringComparer.Ordinal);
        var byDocument = all.Where(p => p.Document is not null).ToLookup(p => p.Document ?? "", StringComparer.Ordinal);
        var byPhone = all.Where(p => p.Phone is not null).ToLookup(p => p.Phone ?? "", StringComparer.Ordinal);
        return [.. clues.Select(clue =>
        {
            var name = PersonNames.Fold(clue.Name);
            return (clue.Number is null ? null : Only(byNumber[clue.Number], name))
                ?? (clue.Document is null ? null : Only(byDocument[Key(box.Index(LookUp.Document, clue.Document)) ?? ""], name))
                // A phone is shared in families, and a number given that is not theirs says it is somebody else.
                ?? (clue.Phone is null ? null : Only(byPhone[Key(box.Index(LookUp.Phone, clue.Phone)) ?? ""].Where(p => p.Number is null || clue.Number is null || p.Number == clue.Number), name));
        })];
    }

    public async Task<IReadOnlyList<Guid?>> AddAsync(IReadOnlyList<PersonToAdd> persons, CancellationToken ct)
    {
        var numbers = persons.Select(p => p.Number).OfType<string>().Distinct().ToList();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in numbers.Chunk(AtOnce))
            taken.UnionWith(await db.Set<Person>().Where(p => p.MergedIntoId == null && p.Number != null && part.Contains(p.Number)).Select(p => p.Number ?? "").ToListAsync(ct));
        var added = new List<Guid?>(persons.Count);
        foreach (var wanted in persons)
        {
            if (wanted.Number is { } number && !taken.Add(number))
            {
                added.Add(null);
                continue;
            }
            var person = Person.Create(Ids.New(), new PersonFacts { Name = wanted.Name, Category = wanted.Category, Number = wanted.Number, Phone = wanted.Phone }, box, clock.GetUtcNow());
            db.Add(person);
            added.Add(person.Id);
        }
        return added;
    }

    private static Task<List<Known>> ReadAsync(IQueryable<Person> persons, CancellationToken ct) =>
        persons.Select(p => new Known(p.Id, p.NameFolded, p.Number, Key(p.DocumentIndex), Key(p.PhoneIndex))).ToListAsync(ct);

    private static Guid? Only(IEnumerable<Known> candidates, string name) =>
        candidates.Where(p => p.NameFolded == name).Take(2).ToList() is [var one] ? one.Id : null;

    private static string? Key(byte[]? index) => index is null ? null : RegisterSnapshot.Key(index);

    private sealed record Known(Guid Id, string NameFolded, string? Number, string? Document, string? Phone);
}
