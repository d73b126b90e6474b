using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Xunit;
using static Tongxin.Core.Tests.Sampling.Pools.Make;

namespace Tongxin.Core.Tests.Sampling.Pools;

public class MemberFoldTests
{
    [Fact]
    public void Golden10_PoolOfTenPositive_OneCaseEightFreedOnePending()
    {
        var facts = Full(0, "P1", 10, 1, 10).Append(Report(90, "P1", TubeResult.Pos)).ToList();
        var unfolded = Unfolding.Of(Fold(facts), MemberFold.All(Round, Tubes(facts)));
        for (var i = 1; i <= 9; i++)
        {
            facts.AddRange(Full(i * 100, $"S{i}", 1, i, 1, 400, TubePurpose.Recheck));
            facts.Add(Report((i * 100) + 50, $"S{i}", i == 1 ? TubeResult.Pos : TubeResult.Neg, minute: 600));
        }

        var states = MemberFold.All(Round, Tubes(facts));

        unfolded.Select(r => (r.PersonId, r.Place)).ShouldBe(Enumerable.Range(1, 10).Select(i => (Person(i), i)));
        states.Single(s => s.Status == TestStatus.Pos).PersonId.ShouldBe(Person(1));
        states.Count(s => s.Status == TestStatus.Neg).ShouldBe(8);
        states.Single(s => s.Status == TestStatus.PendingRecheck).PersonId.ShouldBe(Person(10));
        states.Count(s => s.IsCounted).ShouldBe(10);
        Unfolding.Of(Fold(facts.Where(f => f.TubeCode == "P1")), states).ShouldHaveSingleItem().PersonId.ShouldBe(Person(10));
    }

    [Fact]
    public void Pool_Negative_FreesEachAndNamesTheTube()
    {
        var state = Member(2, [.. Full(0, "P1", 10, 1, 3), Report(90, "P1", TubeResult.Neg)]);

        (state.Status, state.DecidedBy, state.DecidedSampleAt).ShouldBe((TestStatus.Neg, "P1", At(2)));
    }

    [Theory]
    [InlineData(TubeResult.Pos)]
    [InlineData(TubeResult.Grey)]
    public void Pool_NotNegative_NobodyIsPositive(TubeResult result)
    {
        var states = MemberFold.All(Round, Tubes([.. Full(0, "P1", 5, 1, 5), Report(90, "P1", result)]));

        states.ShouldAllBe(s => s.Status == TestStatus.PendingRecheck && s.IsCounted);
    }

    [Fact]
    public void Pool_OfTenWithOnePersonInIt_IsStillAPool() =>
        Member(1, [.. Full(0, "P1", 10, 1, 1), Report(90, "P1", TubeResult.Pos)]).Status.ShouldBe(TestStatus.PendingRecheck);

    [Fact]
    public void Single_TwoPeopleInATubeOfOne_NobodyIsPositive()
    {
        var states = MemberFold.All(Round, Tubes([.. Full(0, "S1", 1, 1, 2), Report(90, "S1", TubeResult.Pos)]));

        states.Select(s => s.Status).ShouldBe([TestStatus.PendingRecheck, TestStatus.PendingRecheck]);
        states.Select(s => s.IsCounted).ShouldBe([true, false]);
    }

    [Theory]
    [InlineData(TubeResult.Pos, TestStatus.Pos)]
    [InlineData(TubeResult.Neg, TestStatus.Neg)]
    [InlineData(TubeResult.Grey, TestStatus.PendingRecheck)]
    [InlineData(TubeResult.Invalid, TestStatus.NotSampled)]
    public void Single_EachResult_IsThePersonsOwn(TubeResult result, TestStatus expected) =>
        Member(1, [.. Full(0, "S1", 1, 1, 1), Report(90, "S1", result)]).Status.ShouldBe(expected);

    [Fact]
    public void Invalid_GoesBackToNotSampled_AndIsNotCounted()
    {
        var state = Member(1, [.. Full(0, "P1", 10, 1, 3), Report(90, "P1", TubeResult.Invalid)]);

        (state.Status, state.IsCounted).ShouldBe((TestStatus.NotSampled, false));
        state.Tubes.ShouldBe(["P1"]);
    }

    [Fact]
    public void TwoTubes_CountedOnceByTheFirst()
    {
        var state = Member(1, [.. Full(0, "P1", 10, 1, 2), .. Full(50, "P2", 10, 1, 2, 60)]);

        (state.Status, state.CountedIn, state.IsInTwoTubes).ShouldBe((TestStatus.Sampled, "P1", true));
    }

    [Fact]
    public void TwoTubes_OnePositive_IsRecheckedWhateverTheOtherSays()
    {
        var facts = Full(0, "P1", 10, 1, 2).Concat(Full(50, "P2", 10, 1, 2, 60)).Append(Report(90, "P1", TubeResult.Neg)).Append(Report(91, "P2", TubeResult.Pos)).ToList();

        Member(1, facts).Status.ShouldBe(TestStatus.PendingRecheck);
        Unfolding.Of(Tubes(facts)[1], MemberFold.All(Round, Tubes(facts))).ShouldAllBe(r => r.IsInTwoTubes);
    }

    [Fact]
    public void TwoTubes_BothPositive_BothAskAndOneLaterRecheckAnswersBoth()
    {
        var facts = Full(0, "P1", 10, 1, 2).Concat(Full(50, "P2", 10, 1, 2, 60)).Append(Report(90, "P1", TubeResult.Pos)).Append(Report(91, "P2", TubeResult.Grey)).ToList();
        Member(1, facts).RecheckBecause.ShouldBe(["P1", "P2"]);

        facts.AddRange(Full(200, "S1", 1, 1, 1, 500, TubePurpose.Recheck));
        Member(1, facts).RecheckIn.ShouldBe("S1");
        Member(1, [.. facts, Report(299, "S1", TubeResult.Neg, minute: 700)]).Status.ShouldBe(TestStatus.Neg);
    }

    [Fact]
    public void Recheck_EarlierThanThePool_AnswersNothing_UnlessItNamesIt()
    {
        var pool = Full(0, "P1", 10, 1, 2, 60).Append(Report(90, "P1", TubeResult.Pos)).ToList();
        var early = Full(200, "S1", 1, 1, 1, 0, TubePurpose.Recheck).Append(Report(299, "S1", TubeResult.Neg)).ToList();

        Member(1, pool.Concat(early)).Status.ShouldBe(TestStatus.PendingRecheck);
        early[0] = early[0] with { RecheckOf = "P1" };
        Member(1, pool.Concat(early)).Status.ShouldBe(TestStatus.Neg, "a slow clock does not keep anybody in");
    }

    [Fact]
    public void Single_NegativeOfTheRound_DoesNotAnswerAPositivePool() =>
        Member(1, [.. Full(0, "P1", 10, 1, 2), Report(90, "P1", TubeResult.Pos), .. Full(200, "S1", 1, 1, 1, 500), Report(299, "S1", TubeResult.Neg, minute: 700)])
            .Status.ShouldBe(TestStatus.PendingRecheck);

    [Fact]
    public void Collision_RecallsEverybodyInBoth_UntilSampledAgain()
    {
        var facts = Full(0, "T1", 10, 1, 2)
            .Concat(Full(50, "T1", 10, 3, 2, 40).Select(f => f with { DeviceId = OtherPhone, TableId = f.TableId is null ? null : OtherTable }))
            .Append(Report(90, "T1", TubeResult.Pos)).ToList();

        MemberFold.All(Round, Tubes(facts)).ShouldAllBe(s => s.Status == TestStatus.Recalled && !s.IsCounted);

        facts.AddRange(Full(200, "T2", 10, 1, 1, 500));
        Member(1, facts).Status.ShouldBe(TestStatus.Sampled);
    }

    [Fact]
    public void LabCorrection_NegativeToPositiveAndBack_ReplaysTheStates()
    {
        var facts = Full(0, "P1", 10, 1, 3).Append(Report(90, "P1", TubeResult.Neg)).ToList();
        Member(1, facts).Status.ShouldBe(TestStatus.Neg);

        facts.Add(Report(91, "P1", TubeResult.Pos, 2, 400));
        Member(1, facts).Status.ShouldBe(TestStatus.PendingRecheck);

        facts.Add(Report(92, "P1", TubeResult.Neg, 3, 500));
        Member(1, facts).Status.ShouldBe(TestStatus.Neg);
    }

    [Fact]
    public void Contested_InAPositiveTube_IsRecheckedAndNotCounted()
    {
        var facts = Full(0, "P1", 10, 1, 2).Append(Sample(50, "P1", Person(3), 60)).ToList();
        Member(3, facts).Status.ShouldBe(TestStatus.NotSampled);

        var state = Member(3, [.. facts, Report(90, "P1", TubeResult.Pos)]);
        (state.Status, state.IsCounted, state.IsContested).ShouldBe((TestStatus.PendingRecheck, false, true));
        Member(3, [.. facts, Report(90, "P1", TubeResult.Neg)]).Status.ShouldBe(TestStatus.NotSampled);
    }
}
