namespace Tongxin.Core.Sampling.Pools;

/// <summary>
/// The state of a person in a round from the tubes that name the person. Pure. A pool makes nobody positive and nobody free:
/// positive is only who was alone in a tube, and a recheck is answered only by a later tube taken for it.
/// </summary>
public static class MemberFold
{
    /// <summary>The state of one person. Tubes that do not name the person in this round change nothing.</summary>
    public static MemberState Of(Guid roundId, Guid personId, IEnumerable<TubeState> tubes)
    {
        var entries = Entries(roundId, personId, tubes);
        var good = entries.Where(e => !e.IsContested && !e.Tube.IsCollided && e.Tube.Verdict != TubeResult.Invalid).ToList();
        var counted = good.Count == 0 ? null : good[0];
        var alone = good.Find(IsPositiveAlone);
        var open = entries.Where(e => AsksForRecheck(e) && !good.Exists(answer => Answers(answer, e))).ToList();
        var recalled = entries.Find(e => !e.IsContested && e.Tube.IsCollided);

        var (status, decider) =
            alone is not null ? (TestStatus.Pos, alone)
            : open.Count > 0 ? (TestStatus.PendingRecheck, open[0])
            : good.FindLast(e => e.Tube.Verdict == TubeResult.Neg) is { } negative ? (TestStatus.Neg, negative)
            : counted is not null ? (TestStatus.Sampled, counted)
            : recalled is not null ? (TestStatus.Recalled, recalled)
            : (TestStatus.NotSampled, (Entry?)null);

        return new MemberState
        {
            RoundId = roundId,
            PersonId = personId,
            Status = status,
            CountedIn = counted?.Tube.Code,
            SampledAt = counted?.Member.At,
            DecidedBy = decider?.Tube.Code,
            DecidedSampleAt = decider?.Member.At,
            RecheckBecause = status == TestStatus.PendingRecheck ? [.. open.Select(e => e.Tube.Code)] : [],
            RecheckIn = status == TestStatus.PendingRecheck ? good.FindLast(e => e.Tube.Purpose == TubePurpose.Recheck && e.Tube.Verdict is null)?.Tube.Code : null,
            Tubes = [.. entries.Select(e => e.Tube.Code)],
            IsInTwoTubes = good.Count(e => e.Tube.Purpose != TubePurpose.Recheck) > 1,
            IsContested = entries.Exists(e => e.IsContested),
        };
    }

    /// <summary>Everybody whom the tubes of a round name, by person id.</summary>
    public static IReadOnlyList<MemberState> All(Guid roundId, IReadOnlyCollection<TubeState> tubes)
    {
        var byPerson = new SortedDictionary<Guid, List<TubeState>>();
        foreach (var tube in tubes)
        {
            foreach (var person in tube.Members.Concat(tube.Contested).Where(m => m.RoundId == roundId).Select(m => m.PersonId).Distinct())
            {
                if (!byPerson.TryGetValue(person, out var own)) byPerson.Add(person, own = []);
                own.Add(tube);
            }
        }

        return [.. byPerson.Select(p => Of(roundId, p.Key, p.Value))];
    }

    private static List<Entry> Entries(Guid roundId, Guid personId, IEnumerable<TubeState> tubes)
    {
        var entries = new List<Entry>();
        foreach (var tube in tubes)
        {
            entries.AddRange(tube.Members.Where(Is).Select(m => new Entry(tube, m, false)));
            entries.AddRange(tube.Contested.Where(Is).Select(m => new Entry(tube, m, true)));
        }

        entries.Sort((a, b) => (a.Member.At, a.Member.FactId).CompareTo((b.Member.At, b.Member.FactId)));
        return entries;

        bool Is(TubeMember m) => m.PersonId == personId && m.RoundId == roundId;
    }

    private static bool IsPositiveAlone(Entry e) => e.Tube.Verdict == TubeResult.Pos && e.Tube.IsOfOnePerson;

    private static bool AsksForRecheck(Entry e) =>
        !e.Tube.IsCollided && e.Tube.Verdict is (TubeResult.Pos or TubeResult.Grey) && !(IsPositiveAlone(e) && !e.IsContested);

    /// <summary>A negative of the person alone, taken for a recheck: of that very tube, or later than the sample in it.</summary>
    private static bool Answers(Entry answer, Entry asked) =>
        answer.Tube is { Purpose: TubePurpose.Recheck, IsOfOnePerson: true, Verdict: TubeResult.Neg }
        && (answer.Tube.RecheckOf == asked.Tube.Code
            || (answer.Member.At, answer.Member.FactId).CompareTo((asked.Member.At, asked.Member.FactId)) > 0);

    private sealed record Entry(TubeState Tube, TubeMember Member, bool IsContested);
}
