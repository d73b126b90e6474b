using Tongxin.Platform.Access;

namespace Tongxin.Access.Gates.Readings;

/// <summary>Passages of one kind at one gate within a span.</summary>
/// <param name="People">With companions.</param>
internal sealed record PassageSum(Guid GateId, PassageKind Kind, int Passages, int People);

/// <summary>When somebody passed, for a flow.</summary>
internal readonly record struct PassageTime(DateTimeOffset SeenAt, PassageKind Kind);

/// <summary>Which passages are asked for; newest first.</summary>
internal sealed record PassageFilter(IReadOnlyCollection<Guid> Gates, DateTimeOffset From, DateTimeOffset Until)
{
    public int Skip { get; init; }
    public int Take { get; init; } = 100;
    public PassageKind? Kind { get; init; }
}

/// <summary>What gates saw, for everybody who reads it. Spans are half-open.</summary>
internal interface IPassages
{
    /// <summary>Passages that went through or were turned back, counted; those refused by a rule count as turned back.</summary>
    Task<IReadOnlyList<PassageSum>> SumAsync(IReadOnlyCollection<Guid> gates, DateTimeOffset from, DateTimeOffset until, CancellationToken ct);

    /// <summary>The instants of a gate's passages.</summary>
    Task<IReadOnlyList<PassageTime>> TimesAsync(Guid gate, DateTimeOffset from, DateTimeOffset until, CancellationToken ct);

    Task<IReadOnlyList<Passage>> ListAsync(PassageFilter filter, CancellationToken ct);

    Task<int> CountAsync(PassageFilter filter, CancellationToken ct);

    /// <summary>Passages of one who within a span, at whatever gate: for a second entry without an exit.</summary>
    Task<IReadOnlyList<Passage>> OfAsync(Guid? passRef, Guid? permitId, string? plate, DateTimeOffset from, DateTimeOffset until, CancellationToken ct);

    /// <summary>Adds a passage entered by hand to the caller's transaction.</summary>
    void Add(Passage passage, Actor actor);

    Task<bool> IsKnownAsync(Guid id, CancellationToken ct);

    /// <summary>Passages that arrived since then and use a permit or are an emergency, oldest first.</summary>
    Task<IReadOnlyList<Passage>> ToFollowAsync(DateTimeOffset since, CancellationToken ct);
}
