using Tongxin.Access.Restrictions;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Passes;

/// <summary>Passes of others: a captain for a grandmother of the own cells, the office, a counsellor. Every look is journaled.</summary>
internal sealed class CarryPasses(TongxinDb db, PersonSight sight, IPersons persons, PassLinks links)
{
    public async Task<IReadOnlyList<PersonView>> SearchAsync(string text, Actor actor, CancellationToken ct)
    {
        var found = await persons.SearchAsync(text, 30, ct);
        var within = await sight.WithinAsync([.. found.Select(p => p.Id)], actor, PassPermissions.Carry, ct);
        return [.. found.Where(p => within.Contains(p.Id))];
    }

    public Task<bool> ReachesAsync(Guid person, Actor actor, CancellationToken ct) => sight.ReachesAsync(person, actor, PassPermissions.Carry, ct);

    /// <summary>The name of the person; null out of reach.</summary>
    public async Task<string?> OpenAsync(Guid person, Actor actor, CancellationToken ct)
    {
        if (!await ReachesAsync(person, actor, ct)) return null;
        db.Record(actor, "access.pass.carried", "person", person);
        await db.CommitAsync(ct);
        return (await persons.NamesAsync([person], ct)).GetValueOrDefault(person);
    }

    /// <summary>The secret of a new link, once; null out of reach.</summary>
    public async Task<string?> MakeLinkAsync(Guid person, Actor actor, CancellationToken ct) =>
        await ReachesAsync(person, actor, ct) ? await links.MakeAsync(person, actor, ct) : null;
}
