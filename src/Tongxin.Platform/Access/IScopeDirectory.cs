namespace Tongxin.Platform.Access;

/// <summary>Names for what a grant can be bound to. The register implements it; the ground floor knows no places and units.</summary>
public interface IScopeDirectory
{
    /// <summary>What can be chosen, best first, at most 200. <paramref name="query"/> is a part of a name; null for the top of the tree.</summary>
    Task<IReadOnlyList<ScopeChoice>> ListAsync(ScopeKind kind, string? query, CancellationToken ct);

    /// <summary>The name of one, with enough of its path to tell it apart; null when there is no such thing.</summary>
    Task<string?> NameAsync(ScopeKind kind, Guid id, CancellationToken ct);
}

/// <summary>Something that a grant can be bound to.</summary>
public sealed record ScopeChoice(Guid Id, string Name);

/// <summary>An installation without a register: grants are for the whole only.</summary>
internal sealed class NoScopes : IScopeDirectory
{
    public Task<IReadOnlyList<ScopeChoice>> ListAsync(ScopeKind kind, string? query, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ScopeChoice>>([]);

    public Task<string?> NameAsync(ScopeKind kind, Guid id, CancellationToken ct) => Task.FromResult<string?>(null);
}
