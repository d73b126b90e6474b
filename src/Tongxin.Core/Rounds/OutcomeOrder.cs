namespace Tongxin.Core.Rounds;

/// <summary>One live outcome at its place in the order.</summary>
internal sealed record LiveOutcome(Outcome Outcome, DateTimeOffset At);

/// <summary>
/// Turns the set of a target's outcomes into the ordered list of those that count: duplicates, withdrawn and corrected ones
/// removed. Depends on the set alone, never on the order of arrival.
/// </summary>
internal static class OutcomeOrder
{
    public static IReadOnlyList<LiveOutcome> Of(RoundPolicy policy, IEnumerable<Outcome> outcomes, List<OutcomeFlag> flags)
    {
        var byId = Distinct(outcomes, flags);
        foreach (var o in byId.Values.Where(o => OutcomeRules.Check(policy, o).IsFailure).ToList())
        {
            flags.Add(new(o.Id, FlagKind.AgainstPolicy));
            byId.Remove(o.Id);
        }

        var corrects = Corrections(byId, flags);
        var dead = Dead(byId, corrects);
        var live = new List<(Outcome Outcome, Outcome Root)>();
        foreach (var o in byId.Values)
        {
            if (BelievedAt(policy, o) != o.SeenAt) flags.Add(new(o.Id, FlagKind.ClockAhead));
            if (o.Kind != OutcomeKind.Withdrawn && !dead.Contains(o.Id)) live.Add((o, Root(o, byId, corrects)));
        }

        return live
            .OrderBy(x => BelievedAt(policy, x.Root)).ThenBy(x => x.Root.Id)
            .ThenBy(x => BelievedAt(policy, x.Outcome)).ThenBy(x => x.Outcome.Id)
            .Select(x => new LiveOutcome(x.Outcome, BelievedAt(policy, x.Root)))
            .ToList();
    }

    /// <summary>The observer's clock, unless it is ahead of the server's beyond tolerance.</summary>
    public static DateTimeOffset BelievedAt(RoundPolicy policy, Outcome o) =>
        o.SeenAt - o.ReceivedAt > policy.ClockTolerance ? o.ReceivedAt : o.SeenAt;

    /// <summary>One fact per id: the earliest arrival; a total order over the content breaks ties.</summary>
    private static Dictionary<Guid, Outcome> Distinct(IEnumerable<Outcome> outcomes, List<OutcomeFlag> flags)
    {
        var byId = new Dictionary<Guid, Outcome>();
        foreach (var same in outcomes.GroupBy(o => o.Id))
        {
            var first = same
                .OrderBy(o => o.ReceivedAt).ThenBy(o => o.SeenAt).ThenBy(o => o.Kind).ThenBy(o => o.Channel)
                .ThenBy(o => o.By).ThenBy(o => o.Corrects)
                .ThenBy(o => o.Reason, StringComparer.Ordinal).ThenBy(o => o.AnswersDigest, StringComparer.Ordinal)
                .First();
            byId.Add(first.Id, first);
            if (same.Any(o => !o.IsSameFactAs(first))) flags.Add(new(first.Id, FlagKind.IdReused));
        }

        return byId;
    }

    /// <summary>Which outcome corrects which, without those that name nothing known and without rings.</summary>
    private static Dictionary<Guid, Guid> Corrections(Dictionary<Guid, Outcome> byId, List<OutcomeFlag> flags)
    {
        var named = new Dictionary<Guid, Guid>();
        foreach (var o in byId.Values)
        {
            if (o.Corrects is not { } other) continue;
            if (byId.ContainsKey(other)) named.Add(o.Id, other);
            else flags.Add(new(o.Id, FlagKind.CorrectsUnknown));
        }

        // Each outcome names at most one other, so a walk either ends or comes back to where it has been.
        var walked = new HashSet<Guid>();
        foreach (var start in named.Keys.ToList())
        {
            var path = new HashSet<Guid>();
            var at = start;
            while (!walked.Contains(at) && path.Add(at) && named.TryGetValue(at, out var next)) at = next;
            if (!walked.Contains(at) && named.ContainsKey(at)) OpenRing(at, named, flags);
            walked.UnionWith(path);
        }

        return named;
    }

    private static void OpenRing(Guid member, Dictionary<Guid, Guid> named, List<OutcomeFlag> flags)
    {
        for (var at = member; named.Remove(at, out var next); at = next)
            flags.Add(new(at, FlagKind.CorrectsInCircle));
    }

    /// <summary>An outcome is dead when something live corrects it: withdrawing a withdrawal brings the first back.</summary>
    private static HashSet<Guid> Dead(Dictionary<Guid, Outcome> byId, Dictionary<Guid, Guid> corrects)
    {
        var waiting = corrects.Values.GroupBy(id => id).ToDictionary(g => g.Key, g => g.Count());
        var ready = new Stack<Guid>(byId.Keys.Where(id => !waiting.ContainsKey(id)));
        var dead = new HashSet<Guid>();
        while (ready.TryPop(out var id))
        {
            if (!corrects.TryGetValue(id, out var other)) continue;
            if (!dead.Contains(id)) dead.Add(other);
            if (--waiting[other] == 0) ready.Push(other);
        }

        return dead;
    }

    /// <summary>A correction speaks of the moment of what it corrects, so it stands in that place.</summary>
    private static Outcome Root(Outcome o, Dictionary<Guid, Outcome> byId, Dictionary<Guid, Guid> corrects)
    {
        while (corrects.TryGetValue(o.Id, out var other)) o = byId[other];
        return o;
    }
}
