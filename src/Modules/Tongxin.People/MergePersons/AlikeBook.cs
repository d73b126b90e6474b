using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Tongxin.People.Data;
using Tongxin.Platform.Data;

namespace Tongxin.People.MergePersons;

/// <summary>Entries of which something was changed that may make them like others, or unlike: names, numbers, homes, a merge.</summary>
internal sealed record PersonsTouched(IReadOnlySet<Guid> PersonIds);

/// <summary>Sees in every commit which entries are touched, so that no slice has to say so.</summary>
internal sealed class TouchedPersons : IWatchCommits
{
    public async Task SavingAsync(TongxinDb db, CancellationToken ct)
    {
        var ids = new HashSet<Guid>();
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            if (entry.Entity is Person person) ids.Add(person.Id);
            else if (entry.Entity is Residency residency)
            {
                ids.Add(residency.PersonId);
                ids.Add(entry.Property(nameof(Residency.PersonId)).OriginalValue is Guid before ? before : residency.PersonId);
            }
        }
        if (ids.Count == 0) return;
        await AlikeBook.HoldAsync(db, ct);
        db.Raise(new PersonsTouched(ids));
    }
}

/// <summary>Keeps the pairs of entries that may be one person, in the transaction of the change itself.</summary>
internal sealed class AlikeBook(TongxinDb db) : IHandle<PersonsTouched>
{
    /// <summary>From so many on the whole register is read at once: cheaper than each one's neighbours.</summary>
    private const int Many = 500;

    private IReadOnlySet<Guid> _written = new HashSet<Guid>();

    /// <summary>
    /// One after the other, from before the rows are written: two twins that are added at the same moment must see each other. Always taken
    /// before the rows, so that nobody waits in a circle.
    /// </summary>
    public static Task HoldAsync(TongxinDb db, CancellationToken ct) => db.Dialect.HoldAsync(db, "people.alike", ct);

    public async Task HandleAsync(PersonsTouched happened, CancellationToken ct)
    {
        var touched = happened.PersonIds.Where(id => !_written.Contains(id)).ToHashSet();
        _written = new HashSet<Guid>();
        if (touched.Count == 0) return;
        var (facts, stays) = touched.Count < Many ? await NeighboursAsync([.. touched], ct) : await EverybodyAsync(ct);
        await WriteAsync(touched, Likeness.Pairs(facts, stays, touched), ct);
    }

    /// <summary>For an import, which has the whole register in its hands: its event, which comes with the same commit, then has nothing left to do.</summary>
    public async Task ReplaceAsync(IReadOnlySet<Guid> touched, IReadOnlyCollection<AlikePair> pairs, CancellationToken ct)
    {
        await WriteAsync(touched, pairs, ct);
        _written = touched;
    }

    private async Task WriteAsync(IReadOnlySet<Guid> touched, IReadOnlyCollection<AlikePair> pairs, CancellationToken ct)
    {
        var book = db.Set<AlikePair>();
        if (touched.Count < Many)
        {
            Guid[] ids = [.. touched];
            await book.Where(a => ids.Contains(a.OneId) || ids.Contains(a.OtherId)).ExecuteDeleteAsync(ct);
        }
        else
        {
            var kept = (await book.AsNoTracking().ToListAsync(ct)).Where(a => !touched.Contains(a.OneId) && !touched.Contains(a.OtherId));
            pairs = [.. pairs, .. kept];
            await book.ExecuteDeleteAsync(ct);
        }
        if (pairs.Count > 0) await db.BulkInsertAsync(pairs, ct);
    }

    // Whoever can be like one of these: people of the same name, and who lives with them.
    private async Task<(List<LikenessFacts> Facts, List<Stay> Stays)> NeighboursAsync(Guid[] ids, CancellationToken ct)
    {
        var current = db.Set<Residency>().AsNoTracking().Where(r => r.Until == null);
        var homes = await current.Where(r => ids.Contains(r.PersonId)).Select(r => r.HouseholdId).Distinct().ToListAsync(ct);
        var stays = await current.Where(r => homes.Contains(r.HouseholdId)).Select(r => new Stay(r.HouseholdId, r.PersonId)).ToListAsync(ct);
        var known = stays.Select(s => s.PersonId).Concat(ids).Distinct().ToList();
        var facts = await FactsAsync(p => known.Contains(p.Id), ct);
        var touched = ids.ToHashSet();
        var names = facts.Where(f => touched.Contains(f.Id)).Select(f => f.NameFolded).Distinct().ToList();
        var namesakes = await FactsAsync(p => names.Contains(p.NameFolded), ct);
        return ([.. facts.UnionBy(namesakes, f => f.Id)], stays);
    }

    private async Task<(List<LikenessFacts> Facts, List<Stay> Stays)> EverybodyAsync(CancellationToken ct) => (
        await FactsAsync(_ => true, ct),
        await db.Set<Residency>().AsNoTracking().Where(r => r.Until == null).Select(r => new Stay(r.HouseholdId, r.PersonId)).ToListAsync(ct));

    private Task<List<LikenessFacts>> FactsAsync(Expression<Func<Person, bool>> which, CancellationToken ct) =>
        db.Set<Person>().AsNoTracking().Where(p => p.MergedIntoId == null).Where(which)
            .Select(p => new LikenessFacts(p.Id, p.Name, p.NameFolded, p.Initials, p.Sex, p.BirthDate, p.DocumentIndex != null, p.Number != null, p.PhoneIndex))
            .ToListAsync(ct);
}
