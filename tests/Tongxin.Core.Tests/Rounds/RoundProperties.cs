using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Rounds;
using Xunit;
using static Tongxin.Core.Tests.Rounds.Make;
using Outcome = Tongxin.Core.Rounds.Outcome;

namespace Tongxin.Core.Tests.Rounds;

/// <summary>Histories are decoded from lists of integers, so that a failing one shrinks to a short list of small numbers.</summary>
public class RoundProperties
{
    private static readonly RoundTarget[] Targets = Enumerable.Range(1, 4).Select(i => new RoundTarget(Id(i), Id(50 + (i % 2)))).ToArray();
    private static readonly OutcomeKind[] Kinds = Enum.GetValues<OutcomeKind>();

    [Fact]
    public void Identity_AtEveryPrefix_HoldsAndAgreesWithTheChecker() => Holds(history =>
    {
        var ledger = Open();
        var recorded = new List<Outcome>();
        foreach (var o in history)
        {
            if (!ledger.Record(o).IsFailure) recorded.Add(o);
            if (ledger.Balance.Done + ledger.Balance.Excused + ledger.Balance.Outstanding != Targets.Length) return false;
            if (ledger.Tally.Total != Targets.Length) return false;
            if (RoundCheck.Run(RoundPolicy.DoorKnock, Targets, recorded, [.. ledger.States], ledger.Balance).Count > 0) return false;
        }

        return true;
    });

    [Fact]
    public void Arrival_InAnyOrder_GivesTheSameStates() => Holds(history =>
    {
        var reversed = history.AsEnumerable().Reverse();
        var shuffled = history.OrderBy(o => (o.Id.GetHashCode() * 7919) % 101);
        return Same(States(history), States(reversed)) && Same(States(history), States(shuffled));
    });

    [Fact]
    public void Arrival_Twice_GivesTheSameStates() => Holds(history =>
        Same(States(history), States(history.Concat(history.Select(o => o with { ReceivedAt = o.ReceivedAt.AddHours(3) })))));

    [Fact]
    public void Ledger_FactByFact_EqualsTheFoldOfTheWhole() => Holds(history =>
    {
        var ledger = Open();
        var stored = history.Where(o => !ledger.Record(o).IsFailure).ToList();
        return Same([.. ledger.States.OrderBy(s => s.TargetId)], States(stored));
    });

    [Fact]
    public void Ledger_LateCopiesFirst_EndsAsIfThereWereNone() => Holds(history =>
    {
        var late = history.ConvertAll(o => o with { ReceivedAt = o.ReceivedAt.AddHours(3) });
        return Same(Recorded(late.Concat(history)), Recorded(history));
    });

    [Fact]
    public void Withdrawn_Everything_EqualsNothing() => Holds(history =>
    {
        var plain = history.Where(o => o.Corrects is null && o.Kind != OutcomeKind.Withdrawn).DistinctBy(o => o.Id).ToList();
        var undone = plain.Select((o, i) => new Outcome(Id(900_000 + i), o.TargetId, OutcomeKind.Withdrawn, Channel.Phone, At(23), At(23), Corrects: o.Id));
        return States(plain.Concat(undone)).All(s => (s with { Flags = [] }).SameAs(TargetState.Untried(s.TargetId)));
    });

    [Fact]
    public void Escalated_ExactlyWhenMissedThreeTimesInARow() => Holds(history =>
        States(history).All(s => s.IsEscalated == (s.Status == TargetStatus.Outstanding && s.MissesInARow >= 3)));

    [Fact]
    public void Excused_AlwaysHasAReason_AndOutstandingTriedHasANextAttempt() => Holds(history =>
        States(history).All(s =>
            (s.Status != TargetStatus.Excused || !string.IsNullOrWhiteSpace(s.Reason))
            && ((s.Next is not null) == (s.Status == TargetStatus.Outstanding && s.Result is not null))
            && (s.Next is null || s.Next.From < s.Next.Until)));

    [Fact]
    public void Checker_ToldOfATamperedState_SaysSo()
    {
        var ledger = Open();
        var done = Outcome(1, OutcomeKind.Done, At(9));
        ledger.Record(done);

        var tampered = ledger.States.Select(s => s with { Status = TargetStatus.Done }).ToList();

        RoundCheck.Run(RoundPolicy.DoorKnock, Targets, [done], tampered, ledger.Balance).Count.ShouldBe(3);
        RoundCheck.Run(RoundPolicy.DoorKnock, Targets, [done], [.. ledger.States], new RoundBalance(4, 2, 0)).Count.ShouldBe(1);
    }

    private static void Holds(Func<List<Outcome>, bool> property) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(300),
            Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers => property(Decode(numbers))));

    private static List<Outcome> Decode(int[] numbers) => numbers.Select((n, i) =>
    {
        var r = new Random(n); // spreads small and large numbers alike over all choices
        var kind = Kinds[r.Next(Kinds.Length)];
        var seen = At(8).AddMinutes(r.Next(0, 40) * 30);
        return new Outcome(
            Id(1000 + i), Id(1 + r.Next(4)), kind, (Channel)r.Next(4), seen, seen.AddMinutes(r.Next(-20, 200)),
            By: Id(r.Next(3)),
            Corrects: kind == OutcomeKind.Withdrawn || r.Next(4) == 0 ? Id(1000 + r.Next(numbers.Length + 1)) : null,
            Reason: r.Next(3) > 0 ? "hospital" : null,
            AnswersDigest: r.Next(2) == 0 ? "a" : "b");
    }).ToList();

    private static List<TargetState> States(IEnumerable<Outcome> outcomes)
    {
        var all = outcomes.ToList();
        return Targets.Select(t => TargetFold.Of(RoundPolicy.DoorKnock, t.Id, all.Where(o => o.TargetId == t.Id))).ToList();
    }

    private static List<TargetState> Recorded(IEnumerable<Outcome> outcomes)
    {
        var ledger = Open();
        foreach (var o in outcomes) _ = ledger.Record(o);
        return [.. ledger.States.OrderBy(s => s.TargetId)];
    }

    private static bool Same(List<TargetState> a, List<TargetState> b) => a.Zip(b).All(p => p.First.SameAs(p.Second));

    private static RoundLedger Open() => RoundLedger.Open(RoundPolicy.DoorKnock, Targets).Value;
}
