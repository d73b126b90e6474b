using Microsoft.EntityFrameworkCore;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Access;

/// <summary>One role of an account as a page shows it. Derived ones have no id and no end of their own: they follow from a fact.</summary>
internal sealed record GrantLine(Guid? Id, string Role, ScopeKind ScopeKind, Guid? ScopeId, string? ScopeName, DateTimeOffset? From, DateTimeOffset? Until, string? Reason)
{
    public bool IsDerived => Id is null;
}

/// <summary>The grants of accounts in force, with the names of their scopes.</summary>
internal sealed class GrantList(TongxinDb db, ActorGrants derived, IScopeDirectory scopes)
{
    private readonly Dictionary<(ScopeKind, Guid), string?> _names = [];

    public async Task<IReadOnlyList<GrantLine>> OfAsync(Account account, DateTimeOffset at, CancellationToken ct)
    {
        var given = await db.Set<Grant>().AsNoTracking().Where(g => g.AccountId == account.Id).OrderBy(g => g.From).ToListAsync(ct);
        List<GrantLine> lines = [];
        foreach (var grant in given.Where(g => g.InForce(at))) lines.Add(await LineAsync(grant, ct));
        foreach (var grant in await derived.DerivedAsync(account, at, ct))
            lines.Add(new GrantLine(null, grant.Role, grant.ScopeKind, grant.ScopeId, await NameAsync(grant.ScopeKind, grant.ScopeId, ct), null, null, null));
        return lines;
    }

    public async Task<GrantLine> LineAsync(Grant grant, CancellationToken ct) => new(
        grant.Id, grant.Role, grant.ScopeKind, grant.ScopeId, await NameAsync(grant.ScopeKind, grant.ScopeId, ct), grant.From, grant.Until, grant.Reason);

    // Many grants share few scopes: each name is asked once a request.
    public async Task<string?> NameAsync(ScopeKind kind, Guid? id, CancellationToken ct)
    {
        if (id is not { } scope) return null;
        if (_names.TryGetValue((kind, scope), out var known)) return known;
        return _names[(kind, scope)] = await scopes.NameAsync(kind, scope, ct);
    }
}
