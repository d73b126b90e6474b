using Microsoft.EntityFrameworkCore;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;

namespace Tongxin.Screening.Rounds;

/// <summary>Names of those who are on a list or did something: of persons, and of accounts without a person.</summary>
internal sealed class ReadWho(TongxinDb db, IPersons persons)
{
    /// <summary>Ids in one query.</summary>
    private const int Chunk = 1000;

    public async Task<Dictionary<Guid, string>> NamesAsync(IEnumerable<Guid?> ids, CancellationToken ct)
    {
        var wanted = ids.OfType<Guid>().Distinct().ToList();
        var names = (await persons.NamesAsync(wanted, ct)).ToDictionary();
        foreach (var some in wanted.Where(id => !names.ContainsKey(id)).Chunk(Chunk).ToList())
            foreach (var account in await db.Users.AsNoTracking().Where(a => some.Contains(a.Id)).Select(a => new { a.Id, a.DisplayName }).ToListAsync(ct)) names[account.Id] = account.DisplayName;
        return names;
    }
}
