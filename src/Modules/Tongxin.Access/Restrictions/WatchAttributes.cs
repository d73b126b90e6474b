using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Core.Common;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;

namespace Tongxin.Access.Restrictions;

/// <summary>Settings under Tongxin:Access.</summary>
internal sealed class AccessSettings
{
    /// <summary>So many people of one attribute within an hour raise an alarm.</summary>
    public int SameInAnHour { get; set; } = 10;

    /// <summary>Hours that a pass lives at most; it ends earlier where its colour does.</summary>
    public int PassHours { get; set; } = 24;

    /// <summary>The issuer's name in passes, 1 to 32 characters.</summary>
    public string Issuer { get; set; } = "tongxin";

    /// <summary>Days after which a new key signs.</summary>
    public int KeyDays { get; set; } = 30;
}

/// <summary>
/// Looks at the hour before each batch: many people who share a unit, a place, a document, a text of reason or a requester raise an alarm,
/// whoever asked and however the batches were cut. Colours by list begin like this.
/// </summary>
internal sealed class WatchAttributes(
    TongxinDb db, IEnumerable<IEvidence> sources, IPersons persons, IHouseholds households, IUnits units, IOptions<AccessSettings> settings, TimeProvider clock) : IOutboxHandler
{
    public string Kind => AskRestrictions.WatchKind;

    public async Task HandleAsync(string key, string payload, CancellationToken ct)
    {
        var asked = JsonSerializer.Deserialize<WatchAsked>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        if (await db.Set<Measure>().AsNoTracking().FirstOrDefaultAsync(m => m.BatchId == asked.BatchId, ct) is not { } batch) return;
        var since = batch.AskedAt - AskRestrictions.Hour;
        var hour = await db.Set<Measure>().AsNoTracking().Where(m => m.AskedAt > since && m.AskedAt <= batch.AskedAt).ToListAsync(ct);
        var before = db.ChangeTracker.Entries().Count();
        foreach (var (kind, attribute, people) in await GroupsAsync(hour, ct))
        {
            if (people < settings.Value.SameInAnHour) continue;
            // Once an attribute and hour: the next batch of the same hour adds nothing new.
            var name = $"{kind}:{attribute}:{batch.AskedAt.ToUnixTimeSeconds() / 3600}";
            await Alarms.RaiseOnceAsync(db, kind, name, Actor.System, new { attribute, people, batch = batch.BatchId }, clock.GetUtcNow(), ct);
        }
        if (db.ChangeTracker.Entries().Count() > before) await db.CommitAsync(ct);
    }

    private async Task<List<(AlarmKind Kind, string Attribute, int People)>> GroupsAsync(IReadOnlyList<Measure> hour, CancellationToken ct)
    {
        Guid[] people = [.. hour.Select(m => m.PersonId).Distinct()];
        var homes = (await persons.FindAsync(people, ct)).Where(p => p.HouseholdId is not null).ToDictionary(p => p.Id, p => p.HouseholdId.GetValueOrDefault());
        var places = (await households.FindAsync([.. homes.Values.Distinct()], ct)).ToDictionary(h => h.Id, h => h.PlaceId);
        var belonging = await units.OfPersonsAsync(people, CampusCalendar.DayOf(clock.GetUtcNow()), ct);
        var hashes = await HashesAsync(hour, ct);
        return
        [
            .. belonging.GroupBy(u => u.UnitId).Select(g => (AlarmKind.SameUnit, $"{g.Key:N}", g.Select(u => u.PersonId).Distinct().Count())),
            .. homes.Where(h => places.ContainsKey(h.Value)).GroupBy(h => places[h.Value]).Select(g => (AlarmKind.SamePlace, $"{g.Key:N}", g.Count())),
            .. hour.Where(m => hashes.ContainsKey(m.EvidenceId)).GroupBy(m => hashes[m.EvidenceId]).Select(g => (AlarmKind.SameReason, g.Key, People(g))),
            .. hour.GroupBy(m => m.Basis).Select(g => (AlarmKind.SameReason, $"text:{g.Min(m => m.Id):N}", People(g))),
            .. hour.GroupBy(m => m.AskedByPerson ?? m.AskedBy).Select(g => (AlarmKind.SameRequester, $"{g.Key:N}", People(g))),
        ];

        static int People(IEnumerable<Measure> measures) => measures.Select(m => m.PersonId).Distinct().Count();
    }

    private async Task<Dictionary<Guid, string>> HashesAsync(IReadOnlyList<Measure> hour, CancellationToken ct)
    {
        var hashes = new Dictionary<Guid, string>();
        foreach (var source in sources)
        {
            var own = hour.Where(m => m.EvidenceModule == source.Module).Select(m => m.EvidenceId).Distinct().ToList();
            foreach (var fact in own.Count == 0 ? [] : await source.FindAsync(own, ct))
                if (fact.ContentHash is { } hash) hashes[fact.Id] = hash;
        }
        return hashes;
    }
}
