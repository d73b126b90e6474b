using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Core.Common;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Duties;

/// <summary>A personal calendar address. Whoever knows it reads that person's turns and nothing else; renewing it ends the old one.</summary>
internal sealed class DutyFeeds(TongxinDb db, MyDuties duties, SecretBox box, IStringLocalizer<DutyText> texts, TimeProvider clock)
{
    private const string Purpose = "workforce.duty-feed";

    /// <summary>The address's secret; null before the person asked for one.</summary>
    public async Task<string?> SecretAsync(Actor actor, CancellationToken ct) =>
        box.Unseal(await db.Set<DutyFeed>().AsNoTracking().Where(f => f.PersonId == actor.PersonId).Select(f => f.SecretSealed).SingleOrDefaultAsync(ct));

    public async Task<Result> RenewAsync(Actor actor, CancellationToken ct)
    {
        if (actor.PersonId is not { } person) return DutyErrors.TurnNotFound;
        var feed = await db.Set<DutyFeed>().SingleOrDefaultAsync(f => f.PersonId == person, ct) ?? db.Add(DutyFeed.For(person)).Entity;
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        feed.Renew(IndexOf(secret), box.Seal(secret) ?? [], clock.GetUtcNow());
        db.Record(actor, "workforce.duty-feed.renewed", "person", person);
        return await db.TryCommitAsync(ct);
    }

    /// <summary>The file behind an address; null when there is no such address (any more).</summary>
    public async Task<string?> ReadAsync(string secret, CancellationToken ct)
    {
        var index = IndexOf(secret);
        var person = await db.Set<DutyFeed>().AsNoTracking().Where(f => f.SecretIndex == index).Select(f => (Guid?)f.PersonId).SingleOrDefaultAsync(ct);
        if (person is null) return null;
        return DutyCalendar.Write([.. await duties.PastAsync(person, ct), .. await duties.NextAsync(person, ct)], clock.GetUtcNow(), texts);
    }

    private byte[] IndexOf(string secret) => box.Index(Purpose, secret) ?? [];
}
