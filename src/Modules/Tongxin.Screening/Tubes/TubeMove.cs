using Tongxin.Core.Sampling.Pools;

namespace Tongxin.Screening.Tubes;

/// <summary>A tube before and after a batch.</summary>
internal sealed record TubeMove(TubeState Before, TubeState Now)
{
    /// <summary>
    /// The people whose state it may change. While the tube says to its people what it said before, only those who came, left or were
    /// seated otherwise: the tenth swab does not touch the nine before it.
    /// </summary>
    public IEnumerable<(Guid Round, Guid Person)> Affected()
    {
        var all = Everybody(Before).Concat(Everybody(Now));
        if (Word(Before) != Word(Now)) return all.Select(x => (x.Member.RoundId, x.Member.PersonId)).Distinct();
        var before = Everybody(Before).ToHashSet();
        var now = Everybody(Now).ToHashSet();
        return all.Where(x => before.Contains(x) != now.Contains(x)).Select(x => (x.Member.RoundId, x.Member.PersonId)).Distinct();
    }

    private static IEnumerable<(TubeMember Member, bool IsContested)> Everybody(TubeState tube) =>
        tube.Members.Select(m => (m, false)).Concat(tube.Contested.Select(m => (m, true)));

    private static (bool, TubeResult?, bool, TubePurpose, string?) Word(TubeState tube) =>
        (tube.IsCollided, tube.Verdict, tube.Verdict is not null && tube.IsOfOnePerson, tube.Purpose, tube.RecheckOf);
}
