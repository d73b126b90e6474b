using Tongxin.Platform.Access;

namespace Tongxin.Access.Gates.Readings;

/// <summary>Until devices report: nobody passed.</summary>
internal sealed class NoPassages : IPassages
{
    public Task<IReadOnlyList<PassageSum>> SumAsync(IReadOnlyCollection<Guid> gates, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) => Task.FromResult<IReadOnlyList<PassageSum>>([]);

    public Task<IReadOnlyList<PassageTime>> TimesAsync(Guid gate, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) => Task.FromResult<IReadOnlyList<PassageTime>>([]);

    public Task<IReadOnlyList<Passage>> ListAsync(PassageFilter filter, CancellationToken ct) => Task.FromResult<IReadOnlyList<Passage>>([]);

    public Task<int> CountAsync(PassageFilter filter, CancellationToken ct) => Task.FromResult(0);

    public Task<IReadOnlyList<Passage>> OfAsync(Guid? passRef, Guid? permitId, string? plate, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) => Task.FromResult<IReadOnlyList<Passage>>([]);

    public void Add(Passage passage, Actor actor) { }

    public Task<bool> IsKnownAsync(Guid id, CancellationToken ct) => Task.FromResult(false);

    public Task<IReadOnlyList<Passage>> ToFollowAsync(DateTimeOffset since, CancellationToken ct) => Task.FromResult<IReadOnlyList<Passage>>([]);
}
