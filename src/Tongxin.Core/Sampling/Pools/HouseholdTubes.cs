namespace Tongxin.Core.Sampling.Pools;

/// <summary>
/// A household that fits into one tube belongs into one household tube. A second one is warned of and never refused: somebody may come
/// late, when the first has long been closed.
/// </summary>
public static class HouseholdTubes
{
    /// <summary>
    /// The household tube in which others of the household already are, or null when there is none, nobody else is in it, or the household
    /// is too large for one tube. A voided tube and one in quarantine hold nobody.
    /// </summary>
    /// <param name="tube">The tube somebody goes into, as known.</param>
    /// <param name="sample">Who goes into it; somebody without a household is of none.</param>
    /// <param name="others">Other tubes; those that are not of the same round or not of a household are passed over.</param>
    /// <param name="people">People of the household on the roll, as far as known; whoever is seen in the tubes is counted anyhow.</param>
    public static TubeState? Other(TubeState tube, TubeFact sample, IEnumerable<TubeState> others, int people)
    {
        if (tube.Purpose != TubePurpose.Household || sample.HouseholdId is not { } home) return null;
        var beside = others
            .Where(t => t.Code != tube.Code && t.RoundId == sample.RoundId && t is { Purpose: TubePurpose.Household, IsCollided: false, Stage: not TubeStage.Invalid })
            .Where(t => t.Members.Any(m => m.HouseholdId == home && m.PersonId != sample.PersonId))
            .OrderBy(t => t.OpenedAt).ThenBy(t => t.Code, StringComparer.Ordinal).ToList();
        var seen = beside.Append(tube).SelectMany(t => t.Members).Where(m => m.HouseholdId == home).Select(m => (Guid?)m.PersonId).Append(sample.PersonId).Distinct().Count();
        return IsOneTube(Math.Max(people, seen), tube.Size) ? beside.FirstOrDefault() : null;
    }

    /// <summary>Whether so many people of one household belong into one tube of this size.</summary>
    public static bool IsOneTube(int people, int size) => people <= size;
}
