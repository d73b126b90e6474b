using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Passes;
using Tongxin.People.Contracts;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Passes;

/// <summary>The contract for gates and scans.</summary>
internal sealed class PassBook(TongxinDb db, ReadColours colours, KeyRing ring, IPersons persons, IOptions<AccessSettings> settings, TimeProvider clock) : IPassBook
{
    public async Task<IReadOnlyDictionary<Guid, PassFact>> FindAsync(IReadOnlyCollection<Guid> references, CancellationToken ct) =>
        await db.Set<IssuedPass>().AsNoTracking().Where(p => references.Contains(p.Id))
            .Select(p => new PassFact(p.Id, p.PersonId, p.Name, p.Colour, p.IssuedAt, p.ExpiresAt, p.RevokedAt)).ToDictionaryAsync(p => p.Reference, ct);

    public async Task<ILookup<Guid, Guid>> ReferencesAsync(IReadOnlyCollection<Guid> personIds, CancellationToken ct)
    {
        var now = clock.NowInSeconds();
        var good = new List<(Guid Person, Guid Reference)>();
        foreach (var part in personIds.Distinct().Chunk(1000))
        {
            var found = await db.Set<IssuedPass>().AsNoTracking().Where(p => part.Contains(p.PersonId) && p.RevokedAt == null && now < p.ExpiresAt)
                .Select(p => new { p.PersonId, p.Id }).ToListAsync(ct);
            good.AddRange(found.Select(p => (p.PersonId, p.Id)));
        }

        return good.ToLookup(p => p.Person, p => p.Reference);
    }

    public async Task<IReadOnlyDictionary<Guid, ColourDecision>> ColoursAsync(IReadOnlyCollection<Guid> personIds, CancellationToken ct)
    {
        var known = (await persons.NamesAsync(personIds, ct)).Keys;
        return await colours.OfAsync([.. personIds.Where(known.Contains)], ct);
    }

    public async Task<RevocationList> RevocationsAsync(CancellationToken ct)
    {
        var now = clock.NowInSeconds();
        var withdrawn = await db.Set<IssuedPass>().AsNoTracking().Where(p => p.RevokedAt != null && now < p.ExpiresAt).Select(p => new { p.Id, p.ExpiresAt }).ToListAsync(ct);
        return RevocationList.Of(settings.Value.Issuer, now.ToUnixTimeSeconds(), now, withdrawn.Select(w => (w.Id, w.ExpiresAt)));
    }

    public async Task<TrustList> TrustAsync(CancellationToken ct)
    {
        await ring.SigningAsync(KeyUse.Lists, ct);
        await ring.SigningAsync(KeyUse.Passes, ct);
        var now = clock.NowInSeconds();
        // By the minute, as the signed one: a device that holds this one takes the next.
        var number = now.ToUnixTimeSeconds() / 60 * 60;
        return new TrustList(settings.Value.Issuer, number, DateTimeOffset.FromUnixTimeSeconds(number), [.. (await ring.TrustedAsync(now, ct)).Select(k => k.ToTrusted())]);
    }
}
