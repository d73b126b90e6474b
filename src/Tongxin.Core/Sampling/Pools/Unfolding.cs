namespace Tongxin.Core.Sampling.Pools;

/// <summary>Somebody to be sampled again alone, because of one tube.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Place">Place in the tube, from 1; 0 for somebody who is only said to be in it.</param>
/// <param name="IsInTwoTubes">The person is in another tube of the round too: which of the two was the person's is not known.</param>
public sealed record Recheck(Guid PersonId, int Place, bool IsInTwoTubes);

/// <summary>A tube that is not negative, unfolded into people. None of them is positive by it, and no neighbour is named.</summary>
public static class Unfolding
{
    /// <summary>Who is still to be rechecked because of this tube, in the order of the tube.</summary>
    /// <param name="tube">Any tube; one that asks for no recheck unfolds into nobody.</param>
    /// <param name="states">The states of its people, from all tubes of the round.</param>
    public static IReadOnlyList<Recheck> Of(TubeState tube, IEnumerable<MemberState> states)
    {
        var asked = states.Where(s => s.RecheckBecause.Contains(tube.Code)).ToDictionary(s => s.PersonId);
        var rechecks = new List<Recheck>();
        for (var i = 0; i < tube.Members.Count; i++)
            if (asked.Remove(tube.Members[i].PersonId, out var state)) rechecks.Add(new(state.PersonId, i + 1, state.IsInTwoTubes));
        foreach (var contested in tube.Contested)
            if (asked.Remove(contested.PersonId, out var state)) rechecks.Add(new(state.PersonId, 0, state.IsInTwoTubes));
        return rechecks;
    }
}
