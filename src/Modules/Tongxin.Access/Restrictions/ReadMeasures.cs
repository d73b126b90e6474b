using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Restrictions;

/// <summary>
/// Which measures restrict. A row without the product's seal restricts nobody and raises an alarm: whoever writes in the database paints
/// no colour.
/// </summary>
internal sealed class ReadMeasures(TongxinDb db, SecretBox box, Alarms alarms)
{
    /// <summary>Those in force at an instant, past or future.</summary>
    public async Task<IReadOnlyList<Measure>> InForceAsync(IReadOnlyCollection<Guid> persons, DateTimeOffset at, CancellationToken ct)
    {
        var rows = await db.Set<Measure>().AsNoTracking()
            .Where(m => persons.Contains(m.PersonId) && m.State == MeasureState.Active && m.From <= at && at < m.Until).OrderBy(m => m.From).ToListAsync(ct);
        return await GenuineAsync(rows, ct);
    }

    /// <summary>Those in force now, whatever the clock said when they began.</summary>
    public async Task<IReadOnlyList<Measure>> StandingAsync(IReadOnlyCollection<Guid> persons, DateTimeOffset now, CancellationToken ct) =>
        await GenuineAsync(await db.Set<Measure>().AsNoTracking().Where(m => persons.Contains(m.PersonId) && m.State == MeasureState.Active && now < m.Until).OrderBy(m => m.From).ToListAsync(ct), ct);

    /// <summary>Leaves out what is not sealed, with an alarm.</summary>
    public async Task<IReadOnlyList<Measure>> GenuineAsync(IReadOnlyList<Measure> rows, CancellationToken ct)
    {
        List<Measure> genuine = [.. rows.Where(m => m.IsGenuine(box))];
        foreach (var forged in rows.Except(genuine))
            await alarms.RaiseAsync(AlarmKind.Tampered, forged.Id.ToString("N"), Actor.System, new { measure = forged.Id }, ct);
        return genuine;
    }
}
