namespace Tongxin.Core.Rounds;

/// <summary>
/// The identity of a round: targets = done + excused + outstanding. It cannot be broken: outstanding is what is left of the
/// frozen targets, and a balance in which less than nothing is left cannot be made.
/// </summary>
public readonly record struct RoundBalance
{
    /// <summary>A balance. Throws when the parts do not fit into the whole.</summary>
    public RoundBalance(int targets, int done, int excused)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(done);
        ArgumentOutOfRangeException.ThrowIfNegative(excused);
        ArgumentOutOfRangeException.ThrowIfLessThan(targets, done + excused);
        (Targets, Done, Excused) = (targets, done, excused);
    }

    /// <summary>The frozen denominator (应).</summary>
    public int Targets { get; }

    /// <summary>Done (已).</summary>
    public int Done { get; }

    /// <summary>Excused with a reason (免).</summary>
    public int Excused { get; }

    /// <summary>Still to be done (未).</summary>
    public int Outstanding => Targets - Done - Excused;

    /// <summary>The balance after one target went from one status to another.</summary>
    public RoundBalance Moved(TargetStatus from, TargetStatus to) => new(
        Targets,
        Done - One(from, TargetStatus.Done) + One(to, TargetStatus.Done),
        Excused - One(from, TargetStatus.Excused) + One(to, TargetStatus.Excused));

    /// <summary>The balance of two disjoint sets of targets together.</summary>
    public RoundBalance Plus(RoundBalance other) => new(Targets + other.Targets, Done + other.Done, Excused + other.Excused);

    /// <summary>The balance of given states.</summary>
    public static RoundBalance Of(IReadOnlyCollection<TargetState> states) => new(
        states.Count, states.Count(s => s.Status == TargetStatus.Done), states.Count(s => s.Status == TargetStatus.Excused));

    private static int One(TargetStatus status, TargetStatus wanted) => status == wanted ? 1 : 0;
}

/// <summary>Targets by the result they stand at: seen + absent + refused + empty + excused + unvisited = total, always.</summary>
/// <param name="Done">见面 (or whatever done means in the round).</param>
/// <param name="NotReached">无人.</param>
/// <param name="Refused">拒访.</param>
/// <param name="Vacant">空房.</param>
/// <param name="Excused">Excused for another reason.</param>
/// <param name="Untried">未访.</param>
public readonly record struct RoundTally(int Done, int NotReached, int Refused, int Vacant, int Excused, int Untried)
{
    /// <summary>All targets.</summary>
    public int Total => Done + NotReached + Refused + Vacant + Excused + Untried;

    /// <summary>The tally of given states; each is counted once.</summary>
    public static RoundTally Of(IEnumerable<TargetState> states)
    {
        var tally = default(RoundTally);
        foreach (var state in states)
        {
            tally = state.Result switch
            {
                OutcomeKind.Done => tally with { Done = tally.Done + 1 },
                OutcomeKind.NotReached => tally with { NotReached = tally.NotReached + 1 },
                OutcomeKind.Refused => tally with { Refused = tally.Refused + 1 },
                OutcomeKind.Vacant => tally with { Vacant = tally.Vacant + 1 },
                OutcomeKind.Excused => tally with { Excused = tally.Excused + 1 },
                null => tally with { Untried = tally.Untried + 1 },
                _ => throw new InvalidOperationException($"{state.Result} is not a result."),
            };
        }

        return tally;
    }
}
