using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Passes;

/// <summary>A person's pass now and what explains its colour.</summary>
internal sealed record CurrentPass(IssuedPass Pass, ColourDecision Decision, Edition? Edition);

/// <summary>
/// Gives the pass of a person: the one there is while it says the same and lives for a while yet, else a new one. A pass never outlives
/// its colour.
/// </summary>
internal sealed class IssuePass(TongxinDb db, IPersons persons, ReadColours colours, KeyRing ring, Signers signers, IOptions<AccessSettings> settings, TimeProvider clock)
{
    /// <summary>Null when the register does not know the person.</summary>
    public async Task<CurrentPass?> ExecuteAsync(Guid person, Actor? actor, CancellationToken ct)
    {
        if (await persons.FindAsync([person], ct) is not [var holder, ..]) return null;
        var (decision, edition) = await colours.OfOneAsync(holder.Id, ct);
        var now = clock.NowInSeconds();
        var longest = now.AddHours(settings.Value.PassHours);
        var expires = decision.NextChange is { } change && change < longest ? change : longest;
        return new CurrentPass(await KeptAsync(holder.Id, decision, expires, now, ct) ?? await NewAsync(holder, decision, expires, now, actor, ct), decision, edition);
    }

    private async Task<IssuedPass?> KeptAsync(Guid person, ColourDecision decision, DateTimeOffset expires, DateTimeOffset now, CancellationToken ct)
    {
        var last = await db.Set<IssuedPass>().AsNoTracking().Where(p => p.PersonId == person && now < p.ExpiresAt && p.RevokedAt == null).OrderByDescending(p => p.ExpiresAt).FirstOrDefaultAsync(ct);
        if (last is null || last.Colour != decision.Colour || last.Reason != decision.Reason || last.EditionId != decision.Edition || last.ExpiresAt > expires) return null;
        // Half of what a new one would have is enough; what ends with its colour can have no more.
        return last.ExpiresAt == expires || last.ExpiresAt - now >= (expires - now) / 2 ? last : null;
    }

    private async Task<IssuedPass> NewAsync(PersonView holder, ColourDecision decision, DateTimeOffset expires, DateTimeOffset now, Actor? actor, CancellationToken ct)
    {
        var pass = new Pass
        {
            Issuer = settings.Value.Issuer,
            Reference = new Guid(RandomNumberGenerator.GetBytes(16)),
            Name = ShortName.Of(holder.Name) is { Length: > 0 } name ? name : "＊",
            Colour = decision.Colour,
            Reason = decision.Reason,
            Edition = decision.Edition,
            IssuedAt = now,
            ExpiresAt = expires,
        };
        var (text, key) = signers.Sign(await ring.SigningAsync(KeyUse.Passes, ct), pass);
        var issued = db.Add(IssuedPass.Of(holder.Id, pass, key, text)).Entity;
        db.Record(actor ?? Actor.System, "access.pass.issued", "person", holder.Id, details: new { pass = issued.Id, key = issued.KeyId });
        await db.CommitAsync(ct);
        return issued;
    }
}
