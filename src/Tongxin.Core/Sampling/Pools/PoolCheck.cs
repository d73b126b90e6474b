namespace Tongxin.Core.Sampling.Pools;

/// <summary>
/// Recomputes a round in the dumbest way and says what does not agree. Shares no code with the folds: it is what they are
/// checked against, in the tests and by the verify sub-command. Quadratic in the facts of a tube.
/// </summary>
public static class PoolCheck
{
    /// <summary>Everything wrong with the given states, as sentences for an operator; empty when all is well.</summary>
    /// <param name="roundId">The round of the members.</param>
    /// <param name="facts">All facts of all tubes that name this round.</param>
    /// <param name="tubes">The states of these tubes.</param>
    /// <param name="members">The states of everybody named in them in this round.</param>
    public static IReadOnlyList<string> Run(
        Guid roundId, IReadOnlyCollection<TubeFact> facts, IReadOnlyCollection<TubeState> tubes, IReadOnlyCollection<MemberState> members)
    {
        var wrong = new List<string>();
        var codes = facts.Select(f => f.TubeCode).Distinct().ToList();
        var expected = codes.ToDictionary(c => c, c => Expect([.. facts.Where(f => f.TubeCode == c)]));
        foreach (var code in codes)
        {
            var found = tubes.Where(t => t.Code == code).ToList();
            if (found.Count != 1) wrong.Add($"Tube {code} has {found.Count} states.");
            else Compare(found[0], expected[code], wrong);
        }

        foreach (var member in members.Where(m => m.RoundId == roundId)) Compare(member, expected, wrong);
        var named = expected.Values.SelectMany(e => e.In.Concat(e.Maybe)).Where(p => p.Round == roundId).Select(p => p.Person).Distinct().ToList();
        wrong.AddRange(named.Where(p => members.Count(m => m.PersonId == p) != 1).Select(p => $"Person {p} is named in a tube and does not have one state."));
        CountOnce(tubes, members, wrong);
        return wrong;
    }

    private static void Compare(TubeState tube, Expected e, List<string> wrong)
    {
        if (tube.IsCollided != e.Collided) wrong.Add($"Tube {tube.Code}: collided {tube.IsCollided}, should be {e.Collided}.");
        if (!tube.Members.Select(m => m.PersonId).SequenceEqual(e.In.Select(p => p.Person))) wrong.Add($"Tube {tube.Code} has other members than it should.");
        if (!tube.Contested.Select(m => m.PersonId).Order().SequenceEqual(e.Maybe.Select(p => p.Person).Order())) wrong.Add($"Tube {tube.Code} has other contested members than it should.");
        if (tube.Verdict != e.Verdict) wrong.Add($"Tube {tube.Code} says {tube.Verdict} and should say {e.Verdict}.");
        if (tube.Members.Count > tube.Size && !tube.IsCollided) wrong.Add($"Tube {tube.Code} holds {tube.Members.Count} of {tube.Size}.");
    }

    private static void Compare(MemberState member, Dictionary<string, Expected> tubes, List<string> wrong)
    {
        var valid = 0;
        var (pos, neg, recalled) = (false, false, false);
        var asking = new List<(string Code, DateTimeOffset At, Guid Fact)>();
        var answers = new List<(string? Of, DateTimeOffset At, Guid Fact)>();
        foreach (var (code, e) in tubes)
        {
            foreach (var (person, round, at, fact) in e.In.Concat(e.Maybe))
            {
                if (person != member.PersonId || round != member.RoundId) continue;
                var isIn = e.In.Any(p => p.Fact == fact);
                var lonely = e.Size == 1 && e.In.Count == 1 && e.Maybe.Count == 0 && !e.Collided && !e.Doubt && isIn;
                if (e.Collided) recalled |= isIn;
                else if (e.Verdict == TubeResult.Pos && lonely) pos = true;
                else if (e.Verdict is TubeResult.Pos or TubeResult.Grey) asking.Add((code, at, fact));
                if (!isIn || e.Collided || e.Verdict == TubeResult.Invalid) continue;
                valid++;
                neg |= e.Verdict == TubeResult.Neg;
                if (e.Verdict == TubeResult.Neg && lonely && e.Purpose == TubePurpose.Recheck) answers.Add((e.RecheckOf, at, fact));
            }
        }

        asking.RemoveAll(q => answers.Exists(a => a.Of == q.Code || a.At > q.At || (a.At == q.At && a.Fact.CompareTo(q.Fact) > 0)));
        var status = pos ? TestStatus.Pos
            : asking.Count > 0 ? TestStatus.PendingRecheck
            : neg ? TestStatus.Neg
            : valid > 0 ? TestStatus.Sampled
            : recalled ? TestStatus.Recalled : TestStatus.NotSampled;
        if (member.Status != status) wrong.Add($"Person {member.PersonId} is {member.Status} and should be {status}.");
        if (member.IsCounted != valid > 0) wrong.Add($"Person {member.PersonId} counts as sampled: {member.IsCounted}, with {valid} good samples.");
    }

    private static void CountOnce(IReadOnlyCollection<TubeState> tubes, IReadOnlyCollection<MemberState> members, List<string> wrong)
    {
        foreach (var member in members)
        {
            if (member.Status == TestStatus.Pos && !tubes.Any(t => t.Code == member.DecidedBy && t.Size == 1 && t.Members.Count == 1))
                wrong.Add($"Person {member.PersonId} is positive and not by a tube of one.");
            if (member.CountedIn is { } code && tubes.Count(t => t.Code == code && !t.IsCollided && t.Members.Any(m => m.PersonId == member.PersonId)) != 1)
                wrong.Add($"Person {member.PersonId} is counted in {code} and is not in it.");
        }

        if (members.DistinctBy(m => m.PersonId).Count() != members.Count) wrong.Add("Somebody is counted twice.");
    }

    private static Expected Expect(List<TubeFact> all)
    {
        var facts = new List<TubeFact>();
        foreach (var f in all)
        {
            var i = facts.FindIndex(k => k.Id == f.Id);
            if (i < 0) facts.Add(f);
            else if (f.ReceivedAt < facts[i].ReceivedAt) facts[i] = f;
        }

        facts.RemoveAll(f => TubeRules.Check(f).IsFailure);
        facts.Sort((a, b) => Believed(a) != Believed(b) ? Believed(a).CompareTo(Believed(b)) : a.Id.CompareTo(b.Id));
        var closed = facts.FindIndex(f => f.Kind == TubeFactKind.Closed);
        if (closed < 0) closed = int.MaxValue;
        bool Gone(int at) => facts.FindIndex(w => w.Kind == TubeFactKind.Withdrawn && w.Corrects == facts[at].Id && MayWithdraw(facts[at].Kind, w, facts.IndexOf(w) < closed)) >= 0;

        var standing = new List<(TubeFact Fact, Guid? Device)>();
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Kind != TubeFactKind.Opened || Gone(i)) continue;
            var at = i;
            var isReplaced = Enumerable.Range(i + 1, facts.Count - i - 1).Any(j => facts[j].Kind == TubeFactKind.Opened && facts[j].Corrects == facts[at].Id && !Gone(j));
            if (!isReplaced) standing.Add((facts[i], RootDevice(facts, i)));
        }

        var places = standing.Select(s => (s.Fact.RoundId, s.Fact.SiteId, s.Fact.TableId, s.Fact.TableId is null ? s.Device : null)).Distinct().Count();
        var e = new Expected
        {
            Collided = places > 1,
            Size = standing.Select(s => s.Fact.Size).DefaultIfEmpty(0).Max(),
            Purpose = standing.Count > 0 ? standing[0].Fact.Purpose : TubePurpose.Round,
            RecheckOf = standing.Count > 0 ? standing[0].Fact.RecheckOf : null,
        };
        e.Doubt = standing.Select(s => (s.Fact.Size, s.Fact.Purpose)).Distinct().Count() > 1;
        e.Doubt |= closed == int.MaxValue && facts.Where((f, i) => f.Kind is TubeFactKind.Boxed or TubeFactKind.Received or TubeFactKind.Testing or TubeFactKind.Resulted && !Gone(i)).Any();
        var samples = Enumerable.Range(0, facts.Count).Where(i => facts[i].Kind == TubeFactKind.Sampled).ToList();
        Fill(e, samples.Where(i => !Gone(i)), facts, standing, closed);
        Judge(e, facts, samples, standing, closed, Gone);
        return e;
    }

    private static void Fill(Expected e, IEnumerable<int> samples, List<TubeFact> facts, List<(TubeFact Fact, Guid? Device)> standing, int closed)
    {
        var maybe = new List<(Guid Person, Guid Round, DateTimeOffset At, Guid Fact)>();
        foreach (var i in samples)
        {
            var f = facts[i];
            var entry = (f.PersonId ?? Guid.Empty, f.RoundId, Believed(f), f.Id);
            if (e.Collided)
            {
                if (!e.In.Exists(p => p.Person == f.PersonId && p.Round == f.RoundId)) e.In.Add(entry);
                continue;
            }

            var twoNames = f.By is not null && f.Witness is not null && f.By != f.Witness;
            var foreign = standing.Count > 0 && standing[0].Fact.RoundId != f.RoundId;
            var stranger = standing.Count > 0 && !foreign && !twoNames && standing.TrueForAll(s => s.Device != f.DeviceId);
            e.Doubt |= foreign || stranger;
            if (standing.Count == 0 || foreign || stranger || (i > closed && !twoNames)) maybe.Add(entry);
            else if (e.In.Exists(p => p.Person == f.PersonId)) continue;
            else if (e.In.Count >= e.Size || (e.Purpose == TubePurpose.Household && e.In.Count > 0 && Household(facts, e.In[0].Fact) != f.HouseholdId)) maybe.Add(entry);
            else e.In.Add(entry);
        }

        foreach (var m in maybe)
            if (!e.In.Exists(p => p.Person == m.Person) && !e.Maybe.Exists(p => p.Person == m.Person)) e.Maybe.Add(m);
    }

    private static void Judge(
        Expected e, List<TubeFact> facts, List<int> samples, List<(TubeFact Fact, Guid? Device)> standing, int closed, Func<int, bool> gone)
    {
        if (closed < int.MaxValue && !e.Collided)
        {
            var count = facts.FindLast(f => f.Kind == TubeFactKind.Closed && f.By is not null && f.Witness is not null && f.By != f.Witness)?.Members ?? facts[closed].Members;
            var then = new Expected { Size = e.Size, Purpose = e.Purpose };
            Fill(then, samples.Where(i => i < closed && (!gone(i) || !facts.Exists(w => w.Kind == TubeFactKind.Withdrawn && w.Corrects == facts[i].Id && facts.IndexOf(w) < closed && MayWithdraw(TubeFactKind.Sampled, w, true)))), facts, standing, closed);
            e.Doubt |= count != e.In.Count && count != then.In.Count;
        }

        var results = facts.Where(f => f.Kind == TubeFactKind.Resulted).ToList();
        var newest = results.Where(f => f.Version == results.Max(r => r.Version)).Select(f => f.Result).Distinct().ToList();
        e.Doubt |= newest.Count > 1;
        var result = newest.Contains(TubeResult.Pos) ? TubeResult.Pos
            : newest.Contains(TubeResult.Grey) ? TubeResult.Grey
            : newest.Contains(TubeResult.Invalid) ? TubeResult.Invalid
            : newest.Contains(TubeResult.Neg) ? TubeResult.Neg : (TubeResult?)null;
        var isVoid = facts.Where((f, i) => f.Kind == TubeFactKind.Voided && !gone(i)).Any();
        e.Doubt |= isVoid && result is (TubeResult.Pos or TubeResult.Grey);
        if (isVoid && result is not (TubeResult.Pos or TubeResult.Grey)) result = TubeResult.Invalid;
        e.Verdict = e.Collided || (e.Doubt && result == TubeResult.Neg) ? null : result;
    }

    private static bool MayWithdraw(TubeFactKind kind, TubeFact w, bool beforeClosing) => kind switch
    {
        TubeFactKind.Boxed => true,
        TubeFactKind.Sampled when beforeClosing => true,
        TubeFactKind.Closed or TubeFactKind.Resulted or TubeFactKind.Withdrawn => false,
        _ => w.By is not null && w.Witness is not null && w.By != w.Witness,
    };

    private static Guid? RootDevice(List<TubeFact> facts, int at)
    {
        while (true)
        {
            var old = facts.FindIndex(f => f.Id == facts[at].Corrects && f.Kind == TubeFactKind.Opened);
            if (old < 0 || old >= at) return facts[at].DeviceId;
            at = old;
        }
    }

    private static Guid? Household(List<TubeFact> facts, Guid factId) => facts.Find(f => f.Id == factId)?.HouseholdId;

    private static DateTimeOffset Believed(TubeFact f) => f.SeenAt > f.ReceivedAt.AddMinutes(5) ? f.ReceivedAt : f.SeenAt;

    private sealed class Expected
    {
        public bool Collided { get; init; }

        public bool Doubt { get; set; }

        public int Size { get; init; }

        public TubePurpose Purpose { get; init; }

        public string? RecheckOf { get; init; }

        public TubeResult? Verdict { get; set; }

        public List<(Guid Person, Guid Round, DateTimeOffset At, Guid Fact)> In { get; } = [];

        public List<(Guid Person, Guid Round, DateTimeOffset At, Guid Fact)> Maybe { get; } = [];
    }
}
