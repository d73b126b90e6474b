using Tongxin.People.Data;
using Tongxin.People.MergePersons;

namespace Tongxin.People.Import;

/// <summary>
/// Which entries may be one person after an import. The import has read the register and knows what it writes, so nothing is read
/// again: entries pass by as they are written.
/// </summary>
internal sealed class ImportedLikeness(RegisterSnapshot register)
{
    private readonly Dictionary<Guid, LikenessFacts> _written = [];

    /// <summary>Takes note of an entry as it is written.</summary>
    public Person Note(Person person)
    {
        _written[person.Id] = LikenessFacts.Of(person);
        return person;
    }

    public async Task WriteAsync(ImportPlan plan, AlikeBook book, CancellationToken ct)
    {
        var touched = new HashSet<Guid>(_written.Keys);
        touched.UnionWith(plan.NewResidencies.Select(r => r.PersonId));
        touched.UnionWith(register.ResidenciesOf.Where(p => p.Any(r => plan.EndedResidencies.Contains(r.Id))).Select(p => p.Key));
        if (touched.Count == 0) return;
        List<LikenessFacts> all =
        [
            .. register.Persons.Values.Where(p => !_written.ContainsKey(p.Id)).Select(p => new LikenessFacts(
                p.Id, p.Name, p.NameFolded, p.Initials, p.Sex, p.BirthDate, p.DocumentIndex is not null, p.Number is not null, p.PhoneIndex)),
            .. _written.Values,
        ];
        var stays = register.ResidenciesOf.SelectMany(p => p).Where(r => !plan.EndedResidencies.Contains(r.Id)).Select(r => new Stay(r.HouseholdId, r.PersonId))
            .Concat(plan.NewResidencies.Select(r => new Stay(r.HouseholdId, r.PersonId)));
        await book.ReplaceAsync(touched, Likeness.Pairs(all, stays, touched), ct);
    }
}
