using Microsoft.EntityFrameworkCore;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Grid.ReviewVisits;

/// <summary>Names of those who reported and reviewed: the person, or the account's own name.</summary>
internal sealed record WhoNames(IReadOnlyDictionary<Guid, string> Persons, IReadOnlyDictionary<Guid, string> Accounts)
{
    /// <summary>Null for a resident's own report.</summary>
    public string? Of(OutcomeFact fact) =>
        (fact.By is { } person ? Persons.GetValueOrDefault(person) : null) ?? (fact.AccountId is { } account ? Accounts.GetValueOrDefault(account) : null);

    public string? OfAccount(Guid account) => Accounts.GetValueOrDefault(account);
}

/// <summary>Looks the names up, a few at once.</summary>
internal sealed class WhoSaw(TongxinDb db, IPersons persons)
{
    public async Task<WhoNames> NamesAsync(IReadOnlyCollection<OutcomeFact> facts, Guid? reviewer, CancellationToken ct) =>
        await NamesAsync(facts, reviewer is { } by ? [by] : [], ct);

    public async Task<WhoNames> NamesAsync(IReadOnlyCollection<OutcomeFact> facts, IEnumerable<Guid> reviewers, CancellationToken ct)
    {
        var people = facts.Where(f => f.By is not null).Select(f => f.By.GetValueOrDefault()).Distinct().ToList();
        var accounts = facts.Where(f => f.AccountId is not null).Select(f => f.AccountId.GetValueOrDefault()).Concat(reviewers).Distinct().ToList();
        var known = people.Count == 0 ? [] : await persons.FindAsync(people, ct);
        var names = accounts.Count == 0 ? [] : await db.Set<Account>().AsNoTracking().Where(a => accounts.Contains(a.Id)).Select(a => new { a.Id, a.DisplayName }).ToListAsync(ct);
        return new WhoNames(known.ToDictionary(p => p.Id, p => p.Name), names.ToDictionary(a => a.Id, a => a.DisplayName));
    }
}
