using Tongxin.Core.Common;
using Tongxin.Core.Sampling.Pools;
using Tongxin.Platform.Access;

namespace Tongxin.Screening.Contracts;

/// <summary>The intake of tables' facts without a network between: for drills, and for whoever brings what another system kept.</summary>
public interface ITubeIntake
{
    /// <summary>
    /// Stores what has happened, as a table's late delivery does: nothing is asked, what contradicts the rules is kept and flagged; a fact
    /// that comes again changes nothing. Waits for its turn behind the tables. Commits.
    /// </summary>
    /// <param name="facts">Of any rounds and tubes, in the order of the sender's clock.</param>
    /// <param name="actor">Who brings them.</param>
    /// <param name="ct">Gives up before the commit.</param>
    /// <returns>One receipt per fact, in the order given.</returns>
    Task<IReadOnlyList<TubeReceipt>> RecordAsync(IReadOnlyList<TubeFact> facts, Actor actor, CancellationToken ct);
}

/// <summary>What became of a fact.</summary>
/// <param name="IsNew">Stored now; false: it was known, or is refused.</param>
/// <param name="Error">Why it was refused; null: it is kept.</param>
/// <param name="Warnings">What is odd about a fact that was stored now.</param>
public sealed record TubeReceipt(Guid Id, bool IsNew, Error? Error, IReadOnlyList<Error> Warnings);
