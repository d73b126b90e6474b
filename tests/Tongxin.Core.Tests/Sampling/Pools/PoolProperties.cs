using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Xunit;
using static Tongxin.Core.Tests.Sampling.Pools.Make;

namespace Tongxin.Core.Tests.Sampling.Pools;

/// <summary>Histories are decoded from lists of integers, so that a failing one shrinks to a short list of small numbers.</summary>
public class PoolProperties
{
    private static readonly string[] Codes = ["T1", "T2", "T3"];
    private static readonly int[] Sizes = [1, 1, 1, 5, 10];

    [Fact]
    public void Folds_AnyHistory_AgreeWithTheChecker() => Holds(history =>
    {
        var tubes = Tubes(history);
        var wrong = PoolCheck.Run(Round, history, tubes, MemberFold.All(Round, tubes));
        wrong.ShouldBeEmpty();
        return true;
    });

    [Fact]
    public void Arrival_InAnyOrderAndTwice_GivesTheSameStates() => Holds(history =>
    {
        var late = history.Select(f => f with { ReceivedAt = f.ReceivedAt.AddHours(40) });
        var shuffled = history.Concat(late).OrderBy(f => (f.Id.GetHashCode() * 7919) % 101).ThenByDescending(f => f.ReceivedAt);
        return Same(history, history.AsEnumerable().Reverse()) && Same(history, shuffled);
    });

    [Fact]
    public void Arrival_SoonerOrLater_GivesTheSameStates() => Holds(history =>
    {
        // Clocks that are right: nothing is received before it is seen. How long it took says nothing.
        return Same(Arrived(1), Arrived(2));

        IEnumerable<TubeFact> Arrived(int salt) => history
            .Select(f => f with { ReceivedAt = f.SeenAt.AddMinutes(new Random((f.Id.GetHashCode() * 31) + salt).Next(0, 40 * 60)) })
            .OrderBy(f => f.ReceivedAt);
    });

    [Fact]
    public void Person_IsNeverPositiveFromAPool() => Holds(history =>
    {
        var tubes = Tubes(history);
        return MemberFold.All(Round, tubes)
            .Where(s => s.Status == TestStatus.Pos)
            .All(s => tubes.Any(t => t.Code == s.DecidedBy && t.Size == 1 && t.Members.Count == 1 && t.Contested.Count == 0))
            && MemberFold.All(Round, Tubes(history.Select(f => f.Kind == TubeFactKind.Opened ? f with { Size = 10, Purpose = TubePurpose.Round } : f)))
                .All(s => s.Status != TestStatus.Pos);
    });

    [Fact]
    public void Person_IsCountedOnce_InTheFirstGoodTube() => Holds(history =>
    {
        var tubes = Tubes(history);
        // Counted again from the other side: good seats by person, whatever the fold of members says.
        var seats = tubes.Where(t => !t.IsCollided && t.Verdict != TubeResult.Invalid)
            .SelectMany(t => t.Members.Select(m => (Tube: t.Code, Member: m)))
            .Where(s => s.Member.RoundId == Round)
            .GroupBy(s => s.Member.PersonId)
            .ToDictionary(g => g.Key, g => g.MinBy(s => (s.Member.At, s.Member.FactId)).Tube);
        var counted = MemberFold.All(Round, tubes).Where(s => s.IsCounted).ToList();
        return counted.Count == seats.Count && counted.All(s => seats[s.PersonId] == s.CountedIn);
    });

    [Fact]
    public void Result_Corrected_IsAsIfItHadComeSoAtOnce() => Holds(history =>
    {
        var plain = history.Where(f => f.Kind != TubeFactKind.Resulted).ToList();
        var last = Codes.Select((c, i) => Report(700 + i, c, (TubeResult)((history.Count + i) % 4), 9)).ToList();
        var corrected = Tubes([.. plain, .. Codes.Select((c, i) => Report(800 + i, c, (TubeResult)((history.Count + i + 1) % 4), 1)), .. last]);
        var atOnce = Tubes([.. plain, .. last]);
        return MemberFold.All(Round, corrected).Zip(MemberFold.All(Round, atOnce)).All(p => p.First.SameAs(p.Second))
            && corrected.Zip(atOnce).All(p => (p.First with { Reports = [] }).SameAs(p.Second with { Reports = [] }));
    });

    [Fact]
    public void Fact_ThatIsNotFollowed_IsFlagged() => Holds(history => Tubes(history).All(t =>
    {
        var withdrawn = history.Where(f => f.Kind == TubeFactKind.Withdrawn).Select(f => f.Corrects).ToHashSet();
        return history
            .Where(f => f.Kind == TubeFactKind.Sampled && f.TubeCode == t.Code && !withdrawn.Contains(f.Id))
            .All(f => t.Members.Any(m => m.FactId == f.Id) || t.Flags.Any(g => g.FactId == f.Id));
    }));

    [Fact]
    public void Checker_ToldOfATamperedState_SaysSo()
    {
        var facts = Full(0, "T1", 10, 1, 3).Append(Report(90, "T1", TubeResult.Pos)).ToList();
        var tubes = Tubes(facts);
        var states = MemberFold.All(Round, tubes);

        PoolCheck.Run(Round, facts, tubes, states).ShouldBeEmpty();
        PoolCheck.Run(Round, facts, tubes, [.. states.Select(s => s with { Status = TestStatus.Pos })]).Count.ShouldBe(6);
        PoolCheck.Run(Round, facts, [tubes[0] with { Verdict = TubeResult.Neg }], states).ShouldHaveSingleItem();
        PoolCheck.Run(Round, facts, tubes, [.. states.Skip(1)]).ShouldHaveSingleItem();
    }

    private static void Holds(Func<List<TubeFact>, bool> property) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(400),
            Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers => property(Decode(numbers))));

    private static bool Same(IEnumerable<TubeFact> a, IEnumerable<TubeFact> b)
    {
        var (x, y) = (Tubes(a), Tubes(b));
        return x.Zip(y).All(p => p.First.SameAs(p.Second))
            && MemberFold.All(Round, x).Zip(MemberFold.All(Round, y)).All(p => p.First.SameAs(p.Second));
    }

    /// <summary>Begins with an opened tube of each code, so that a history is seldom only nonsense.</summary>
    private static List<TubeFact> Decode(int[] numbers) =>
    [
        .. Codes.Select((c, i) => Open(i, c, Sizes[(numbers.Length + i) % Sizes.Length], i)),
        .. numbers.Select((n, i) => Decode(n, 10 + i, 10 + numbers.Length)),
    ];

    private static TubeFact Decode(int number, int id, int ids)
    {
        var r = new Random(number);
        var code = Codes[r.Next(Codes.Length)];
        var minute = r.Next(0, 60);
        var twoNames = r.Next(4) == 0;
        var fact = r.Next(12) switch
        {
            0 => Open(id, code, Sizes[r.Next(Sizes.Length)], minute, r.Next(3) == 0 ? TubePurpose.Household : TubePurpose.Round)
                with
            { TableId = r.Next(4) == 0 ? OtherTable : Table, Corrects = twoNames ? Any() : null },
            1 => Open(id, code, 1, minute, TubePurpose.Recheck) with { RecheckOf = Codes[r.Next(Codes.Length)] },
            2 or 3 or 4 or 5 => Sample(id, code, Person(r.Next(5)), minute)
                with
            { HouseholdId = Id(70 + r.Next(2)), MostWith = r.Next(3) == 0 ? 1 : null, RoundId = r.Next(9) == 0 ? Id(2) : Round },
            6 or 7 => Close(id, code, r.Next(3), minute),
            8 or 9 => Report(id, code, (TubeResult)r.Next(4), 1 + r.Next(3), minute),
            10 => Fact(id, code, r.Next(2) == 0 ? TubeFactKind.Boxed : TubeFactKind.Voided, minute) with { BoxCode = "B1", Reason = "leak" },
            _ => Fact(id, code, TubeFactKind.Withdrawn, minute) with { Corrects = Any() },
        };
        return fact with
        {
            DeviceId = r.Next(8) == 0 ? OtherPhone : Phone,
            Witness = twoNames ? Wang : null,
            ReceivedAt = fact.SeenAt.AddMinutes(r.Next(-20, 600)),
        };

        Guid Any() => Id(100_000 + r.Next(ids));
    }
}
