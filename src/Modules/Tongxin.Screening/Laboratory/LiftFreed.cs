using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Tongxin.Access.Contracts;
using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;
using Tongxin.Platform.Outbox;
using Tongxin.Screening.Tubes.Data;

namespace Tongxin.Screening.Laboratory;

/// <summary>What waits in the outbox.</summary>
internal sealed record FreedPersons(Guid RoundId, IReadOnlyList<Guid> Persons);

/// <summary>
/// Whoever is asked no more, by a single negative or because the laboratory corrected what asked, is free at once: a measure that a doctor took
/// because of the recheck is lifted by the worker, seconds after the result. Measures of other kinds are not ours; nobody whom the round asks
/// again meanwhile is touched.
/// </summary>
internal sealed class LiftFreed(TongxinDb db, IRestrictions restrictions, IStringLocalizer<LaboratoryText> t, TimeProvider clock) : IOutboxHandler
{
    public const string MessageKind = "screening.lift";
    public const int AtOnce = 200;
    private const int MostTurns = 3;

    public string Kind => MessageKind;

    public async Task HandleAsync(string key, string payload, CancellationToken ct)
    {
        var freed = JsonSerializer.Deserialize<FreedPersons>(payload, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No payload.");
        var persons = freed.Persons;
        var held = await db.Set<TestRow>().AsNoTracking()
            .Where(r => r.RoundId == freed.RoundId && persons.Contains(r.PersonId) && (r.Status == TestStatus.PendingRecheck || r.Status == TestStatus.Pos)).Select(r => r.PersonId).ToListAsync(ct);
        List<Guid> free = [.. persons.Except(held)];
        if (free.Count == 0) return;
        for (var turn = 1; ; turn++)
        {
            var standing = (await restrictions.ActiveAsync(free, clock.GetUtcNow(), ct)).Where(m => m.Kind == MeasureKind.Recheck).ToList();
            if (standing.Count == 0) return;
            // Refused is who was slower than another writer: what stands is looked at anew, and in the end the worker comes again.
            if (turn > MostTurns) throw new InvalidOperationException("A measure of a recheck could not be lifted.");
            foreach (var measure in standing) await restrictions.LiftAsync(measure.Id, t["lift.reason"], Actor.System, ct);
        }
    }
}
