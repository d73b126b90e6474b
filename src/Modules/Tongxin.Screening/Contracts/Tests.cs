using Tongxin.Core.Sampling.Pools;

namespace Tongxin.Screening.Contracts;

/// <summary>
/// People of a testing round stand elsewhere than before: raised once for a batch of facts, inside its transaction. The state is a
/// function of all facts, so a correction arrives as just another change.
/// </summary>
public sealed record TestsChanged(Guid RoundId, IReadOnlyList<TestChange> Changes);

/// <summary>One person's change.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="From">Where the person stood.</param>
/// <param name="To">Where the person stands now. Never positive by a pool.</param>
/// <param name="TubeCode">The tube it comes from; null for not sampled.</param>
/// <param name="SampledAt">When the sample in that tube was taken: a proof runs from here.</param>
/// <param name="Was">The tube it came from before; another than <paramref name="TubeCode"/> when only the tube changed.</param>
public sealed record TestChange(Guid PersonId, TestStatus From, TestStatus To, string? TubeCode, DateTimeOffset? SampledAt, string? Was);

/// <summary>Tubes went on: raised once for a batch of facts, inside its transaction.</summary>
public sealed record TubesChanged(IReadOnlyList<TubeChange> Changes);

/// <summary>One tube's change.</summary>
/// <param name="RoundId">Its round; null while its opening is not known.</param>
/// <param name="Code">Its code.</param>
/// <param name="IsCollided">Its code was opened at two places: everybody in it is recalled.</param>
public sealed record TubeChange(Guid? RoundId, string Code, TubeStage From, TubeStage To, TubeResult? Verdict, bool IsCollided, bool WasCollided);

/// <summary>Where people stand in testing rounds, for modules above.</summary>
public interface ITests
{
    /// <summary>The states of the named people in a round; whom no tube names is left out: not sampled.</summary>
    Task<IReadOnlyDictionary<Guid, TestView>> FindAsync(Guid roundId, IReadOnlyCollection<Guid> personIds, CancellationToken ct);

    /// <summary>How many people stand at each status in a round; not sampled are only those whose sample was lost.</summary>
    Task<IReadOnlyDictionary<TestStatus, int>> CountAsync(Guid roundId, CancellationToken ct);

    /// <summary>All states of one person, newest sample first.</summary>
    Task<IReadOnlyList<TestView>> OfPersonAsync(Guid personId, CancellationToken ct);
}

/// <summary>One person in one round.</summary>
/// <param name="RecheckBecause">Tubes that ask for a recheck and have not been answered.</param>
/// <param name="RecheckIn">The recheck that was taken and is not decided yet.</param>
/// <param name="Since">When the status was reached, on the server's clock.</param>
public sealed record TestView(
    Guid RoundId, Guid PersonId, TestStatus Status, string? CountedIn, DateTimeOffset? SampledAt, string? DecidedBy, DateTimeOffset? DecidedSampleAt,
    IReadOnlyList<string> RecheckBecause, string? RecheckIn, bool IsInTwoTubes, bool IsContested, DateTimeOffset Since);
