using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Permits.Data;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits;

/// <summary>A permit with what is sealed, for those who decide about it.</summary>
internal sealed record PermitView(Permit Permit, PermitDetail Detail, PermitStanding Standing, string Place, IReadOnlyList<string> Gates, string AskedBy, string? DecidedBy, string? Host);

/// <summary>What a list asks for.</summary>
internal sealed record PermitFilter(string? Text, PermitKind? Kind, PermitStanding? Standing, int Skip, int Take);

/// <summary>Permits within reach: lists, one, the papers that wait.</summary>
internal sealed class ReadPermits(TongxinDb db, PermitSight sight, IPlaces places, IPersons persons, SecretBox box, TimeProvider clock)
{
    // What ended long ago is looked up by code or plate, not paged through.
    private static readonly TimeSpan Back = TimeSpan.FromDays(30);

    /// <summary>Asked for and not decided, or with papers overdue: what waits for a grant or a hand.</summary>
    public async Task<int> CountWaitingAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.Can(PermitPermissions.Grant)) return 0;
        var now = clock.GetUtcNow();
        var waiting = await db.Set<Permit>().AsNoTracking()
            .Where(p => (p.State == PermitState.Asked && p.EndsAt > now && (p.SecretIndex == null || p.FilledAt != null)) || (p.Paperwork == Paperwork.Open && p.PaperworkDueAt < now && p.State == PermitState.Granted))
            .ToListAsync(ct);
        return waiting.Count(await sight.ReachAsync(actor, PermitPermissions.Read, ct));
    }

    public async Task<(IReadOnlyList<Permit> Rows, int Total)> ListAsync(PermitFilter filter, Actor actor, CancellationToken ct)
    {
        var (now, since) = (clock.GetUtcNow(), clock.GetUtcNow() - Back);
        // Nobody knows any more whose the erased ones were.
        var asked = db.Set<Permit>().AsNoTracking().Where(p => p.ErasedAt == null);
        if (filter.Kind is { } kind) asked = asked.Where(p => p.Kind == kind);
        var (code, plate) = (PermitCode.Read(filter.Text), PlateNumber.Parse(filter.Text) is { IsFailure: false } read ? read.Value.Likeness : null);
        asked = code is not null || plate is not null ? asked.Where(p => p.Code == code || (plate != null && p.PlateLikeness == plate)) : asked.Where(p => p.EndsAt > since);
        var reach = await sight.ReachAsync(actor, PermitPermissions.Read, ct);
        var rows = (await asked.OrderByDescending(p => p.AskedAt).ThenBy(p => p.Id).ToListAsync(ct)).Where(reach)
            .Where(p => filter.Standing is null || p.StandingAt(now) == filter.Standing)
            .Where(p => code is not null || plate is not null || string.IsNullOrWhiteSpace(filter.Text) || NameFits(p, filter.Text)).ToList();
        return ([.. rows.Skip(filter.Skip).Take(filter.Take)], rows.Count);
    }

    /// <summary>Open papers, the oldest first.</summary>
    public async Task<IReadOnlyList<PermitView>> PaperworkAsync(Actor actor, CancellationToken ct)
    {
        var open = (await db.Set<Permit>().AsNoTracking().Where(p => p.Paperwork == Paperwork.Open && p.State == PermitState.Granted).OrderBy(p => p.PaperworkDueAt).ToListAsync(ct))
            .Where(await sight.ReachAsync(actor, PermitPermissions.Read, ct)).ToList();
        return await ViewsAsync(open, ct);
    }

    public async Task<PermitView?> FindAsync(Guid id, Actor actor, CancellationToken ct) =>
        await sight.FindAsync(id, actor, PermitPermissions.Read, ct) is { } permit ? (await ViewsAsync([permit], ct))[0] : null;

    public async Task<IReadOnlyList<PermitView>> ViewsAsync(IReadOnlyList<Permit> permits, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var gates = (await db.Set<Gates.Data.Gate>().AsNoTracking().Select(g => new { g.Id, g.Name }).ToListAsync(ct)).ToDictionary(g => g.Id, g => g.Name);
        var names = (await places.ListAsync(ct)).ToDictionary(p => p.Id, p => p.Name);
        var accounts = permits.SelectMany(p => new[] { p.AskedBy, p.DecidedBy ?? Guid.Empty, p.PaperworkBy ?? Guid.Empty }).Distinct().ToList();
        var people = await db.Users.Where(a => accounts.Contains(a.Id)).Select(a => new { a.Id, a.DisplayName }).ToDictionaryAsync(a => a.Id, a => a.DisplayName, ct);
        var hosts = await persons.NamesAsync([.. permits.Select(p => p.HostId).OfType<Guid>().Distinct()], ct);
        return
        [
            .. permits.Select(p => new PermitView(
                p, PermitDetail.Unseal(p.Detail, box), p.StandingAt(now), names.GetValueOrDefault(p.PlaceId) ?? "", [.. p.Gates.Select(g => gates.GetValueOrDefault(g) ?? "")],
                people.GetValueOrDefault(p.AskedBy) ?? "", p.DecidedBy is { } by ? people.GetValueOrDefault(by) : null, p.HostId is { } host ? hosts.GetValueOrDefault(host) : null)),
        ];
    }

    private bool NameFits(Permit permit, string text) =>
        TextFold.ForSearch(PermitDetail.Unseal(permit.Detail, box).Name).Contains(TextFold.ForSearch(text), StringComparison.Ordinal);
}
