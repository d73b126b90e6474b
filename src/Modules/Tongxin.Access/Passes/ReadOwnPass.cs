using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Contracts;
using Tongxin.Access.Data;
using Tongxin.Access.Restrictions;
using Tongxin.Core.Common;
using Tongxin.Core.Protocols;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Passes;

/// <summary>A measure as its person sees it: everything that explains it, nothing about who exactly.</summary>
internal sealed record OwnMeasure(Guid Id, MeasureKind Kind, Colour Colour, string Basis, string? Least, EvidenceKind? Evidence, DateTimeOffset From, DateTimeOffset Until, bool IsOver, string? AskedByUnit, string? DecidedByUnit, bool MayAppeal);

/// <summary>All that the page of a pass shows.</summary>
internal sealed record OwnPass(CurrentPass Current, string FullName, IReadOnlyList<OwnMeasure> Measures, IReadOnlyList<RestrictionNotice> Notices, IReadOnlyList<OwnAppeal> Appeals);

/// <summary>Reads a person's pass with what explains it. The caller has made sure that the reader may see it.</summary>
internal sealed class ReadOwnPass(TongxinDb db, IssuePass issue, IPersons persons, IUnits units, IEnumerable<IEvidence> sources, ReadNotices notices, AppealDesk appeals, SecretBox box, TimeProvider clock)
{
    public async Task<OwnPass?> ExecuteAsync(Guid person, Actor? actor, CancellationToken ct)
    {
        if (await issue.ExecuteAsync(person, actor, ct) is not { } current) return null;
        var name = (await persons.NamesAsync([person], ct)).GetValueOrDefault(person) ?? "";
        var told = await notices.OfAsync(person, ct);
        var now = clock.GetUtcNow();
        await db.Set<Notice>().Where(n => n.PersonId == person && n.SeenAt == null).ExecuteUpdateAsync(s => s.SetProperty(n => n.SeenAt, now), ct);
        var own = await appeals.OfPersonAsync(person, ct);
        return new OwnPass(current, name, await MeasuresAsync(person, current.Edition, own, now, ct), told, own);
    }

    // Those in force, and those that ended within the time in which one may still object.
    private async Task<IReadOnlyList<OwnMeasure>> MeasuresAsync(Guid person, Edition? edition, IReadOnlyList<OwnAppeal> own, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - Appeal.ReviewWithin;
        var rows = (await db.Set<Measure>().AsNoTracking().Where(m => m.PersonId == person && m.From != null && (m.OverAt ?? m.Until) > since).OrderByDescending(m => m.From).ToListAsync(ct)).FindAll(m => m.IsGenuine(box));
        if (rows.Count == 0) return [];
        var names = (await units.ListAsync(CampusCalendar.DayOf(now), ct)).ToDictionary(u => u.Id, u => u.Name);
        var kinds = new Dictionary<Guid, EvidenceKind>();
        foreach (var source in sources)
            foreach (var fact in await source.FindAsync([.. rows.Where(m => m.EvidenceModule == source.Module).Select(m => m.EvidenceId)], ct)) kinds[fact.Id] = fact.Kind;
        return [.. rows.Select(m => new OwnMeasure(
            m.Id, m.Kind, edition?.RuleFor(m.Kind)?.Colour ?? Colour.None, m.Basis, box.Unseal(m.LeastSealed), kinds.TryGetValue(m.EvidenceId, out var kind) ? kind : null, m.From ?? m.AskedAt, m.OverAt ?? m.Until,
            !m.Restricts(now), Unit(m.AskedByUnit), Unit(m.DecidedByUnit), !own.Any(a => a.MeasureId == m.Id && a.State != AppealState.Closed)))];

        string? Unit(Guid? unit) => unit is { } u ? names.GetValueOrDefault(u) : null;
    }
}
