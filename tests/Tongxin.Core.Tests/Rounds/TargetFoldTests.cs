using Shouldly;
using Tongxin.Core.Common;
using Tongxin.Core.Rounds;
using Xunit;
using static Tongxin.Core.Tests.Rounds.Make;

namespace Tongxin.Core.Tests.Rounds;

public class TargetFoldTests
{
    [Fact]
    public void Target_NothingKnown_IsOutstandingAndUntried() =>
        Fold().SameAs(TargetState.Untried(Household)).ShouldBeTrue();

    [Theory]
    [InlineData(OutcomeKind.Done, TargetStatus.Done)]
    [InlineData(OutcomeKind.NotReached, TargetStatus.Outstanding)]
    [InlineData(OutcomeKind.Refused, TargetStatus.Outstanding)]
    [InlineData(OutcomeKind.Vacant, TargetStatus.Excused)]
    public void DoorKnock_OneVisit_GivesStatus(OutcomeKind kind, TargetStatus expected)
    {
        var state = Fold(Outcome(1, kind, At(9)));

        state.Status.ShouldBe(expected);
        state.Result.ShouldBe(kind);
        state.Attempts.ShouldBe(1);
    }

    [Fact]
    public void DoorKnock_Vacant_IsExcusedAsVacantAndReviewed()
    {
        var state = Fold(Outcome(1, OutcomeKind.Vacant, At(9)));

        state.Reason.ShouldBe("vacant");
        state.Review.ShouldBe(RoundReviewer.Captain);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void NotReached_TimesInARow_EscalatesFromThree(int times, bool expected)
    {
        var visits = Enumerable.Range(0, times).Select(i => Outcome(i, OutcomeKind.NotReached, At(9 + (2 * i)))).ToArray();

        Fold(visits).IsEscalated.ShouldBe(expected);
    }

    [Fact]
    public void NotReached_AnsweredInBetween_StartsCountingAnew()
    {
        var state = Fold(
            Outcome(1, OutcomeKind.NotReached, At(9)), Outcome(2, OutcomeKind.NotReached, At(11)),
            Outcome(3, OutcomeKind.Refused, At(15)), Outcome(4, OutcomeKind.NotReached, At(19)));

        state.MissesInARow.ShouldBe(1);
        state.IsEscalated.ShouldBeFalse();
        state.Attempts.ShouldBe(4);
    }

    [Fact]
    public void NotReached_AfterDone_StaysDone()
    {
        var state = Fold(Outcome(1, OutcomeKind.Done, At(9)), Outcome(2, OutcomeKind.NotReached, At(15)));

        state.Status.ShouldBe(TargetStatus.Done);
        state.Result.ShouldBe(OutcomeKind.Done);
        state.Conflicts.ShouldBeEmpty();
    }

    [Fact]
    public void Refused_AfterVacant_ReopensAndListsTheExcuse()
    {
        var state = Fold(Outcome(1, OutcomeKind.Vacant, At(9)), Outcome(2, OutcomeKind.Refused, At(15)));

        state.Status.ShouldBe(TargetStatus.Outstanding);
        state.Conflicts.ShouldBe([new OutcomeConflict(Id(1001), ConflictReason.ExcuseContradicted)]);
    }

    [Fact]
    public void Paper_EnteredLaterButSeenEarlier_DoesNotOverwriteSelfReport()
    {
        var self = Outcome(1, OutcomeKind.Done, At(14), Channel.Online, answers: "4 people");
        var paper = Outcome(2, OutcomeKind.Vacant, At(10), Channel.Paper, received: At(22));

        var state = Fold(self, paper);

        state.Status.ShouldBe(TargetStatus.Done);
        state.DecidedBy.ShouldBe(self.Id);
        state.Conflicts.ShouldBe([new OutcomeConflict(paper.Id, ConflictReason.OtherChannelDisagrees)]);
    }

    [Fact]
    public void Channels_BothDoneWithOtherAnswers_KeepTheNewerAndListTheOlder()
    {
        var self = Outcome(1, OutcomeKind.Done, At(14), Channel.Online, answers: "4 people");
        var visit = Outcome(2, OutcomeKind.Done, At(10), answers: "3 people");

        var state = Fold(self, visit);

        state.DecidedBy.ShouldBe(self.Id);
        state.Conflicts.ShouldBe([new OutcomeConflict(visit.Id, ConflictReason.OtherChannelDisagrees)]);
    }

    [Fact]
    public void Channels_BothDoneWithSameAnswers_AgreeSilently() =>
        Fold(Outcome(1, OutcomeKind.Done, At(14), Channel.Online, answers: "4"), Outcome(2, OutcomeKind.Done, At(10), answers: "4"))
            .Conflicts.ShouldBeEmpty();

    [Fact]
    public void Refused_AfterSelfReport_StaysDoneAndIsListed()
    {
        var refused = Outcome(2, OutcomeKind.Refused, At(15));

        var state = Fold(Outcome(1, OutcomeKind.Done, At(10), Channel.Online), refused);

        state.Status.ShouldBe(TargetStatus.Done);
        state.Conflicts.ShouldBe([new OutcomeConflict(refused.Id, ConflictReason.OtherChannelDisagrees)]);
    }

    [Fact]
    public void HandOut_DoneByTwoCaptains_CountsOnceAndListsTheOther()
    {
        Outcome[] both = [Outcome(1, OutcomeKind.Done, At(10), by: 7), Outcome(2, OutcomeKind.Done, At(11), by: 8)];

        var state = TargetFold.Of(RoundPolicy.HandOut, Household, both);

        state.Status.ShouldBe(TargetStatus.Done);
        state.Conflicts.ShouldBe([new OutcomeConflict(both[0].Id, ConflictReason.DoneAgain)]);
    }

    [Fact]
    public void Testing_ExcusedAfterTheSample_StaysDoneUntilTheSampleIsWithdrawn()
    {
        Outcome[] known = [Outcome(1, OutcomeKind.Excused, At(9), reason: "Away"), Outcome(2, OutcomeKind.Done, At(10)), Outcome(3, OutcomeKind.Excused, At(11), reason: "Away")];

        var sampled = TargetFold.Of(RoundPolicy.Testing, Household, known);
        var taken = TargetFold.Of(RoundPolicy.Testing, Household, [.. known, Outcome(4, OutcomeKind.Withdrawn, At(12), corrects: 2)]);

        (sampled.Status, sampled.DecidedBy).ShouldBe((TargetStatus.Done, known[1].Id));
        (taken.Status, taken.DecidedBy).ShouldBe((TargetStatus.Excused, known[2].Id));
        RoundCheck.Run(RoundPolicy.Testing, [new RoundTarget(Household, Household)], known, [sampled], new RoundBalance(1, 1, 0)).ShouldBeEmpty();
    }

    [Fact]
    public void Withdrawn_OnlyOutcome_LeavesNothing()
    {
        var state = Fold(Outcome(1, OutcomeKind.Done, At(9)), Outcome(2, OutcomeKind.Withdrawn, At(10), corrects: 1));

        state.SameAs(TargetState.Untried(Household)).ShouldBeTrue();
    }

    [Fact]
    public void Withdrawn_ThenWithdrawnItself_BringsTheFirstBack()
    {
        var state = Fold(
            Outcome(3, OutcomeKind.Withdrawn, At(11), corrects: 2),
            Outcome(2, OutcomeKind.Withdrawn, At(10), corrects: 1),
            Outcome(1, OutcomeKind.Done, At(9)));

        state.Status.ShouldBe(TargetStatus.Done);
    }

    [Fact]
    public void Correction_EnteredInTheEvening_StandsAtTheMomentOfWhatItCorrects()
    {
        var wrong = Outcome(1, OutcomeKind.NotReached, At(10));
        var self = Outcome(2, OutcomeKind.Done, At(14), Channel.Online);
        var mended = Outcome(3, OutcomeKind.Vacant, At(20), corrects: 1);

        var state = Fold(wrong, self, mended);

        state.DecidedBy.ShouldBe(self.Id);
        state.Conflicts.ShouldBe([new OutcomeConflict(mended.Id, ConflictReason.OtherChannelDisagrees)]);
    }

    [Fact]
    public void Withdrawn_ArrivesBeforeWhatItWithdraws_WaitsAndThenApplies()
    {
        var undo = Outcome(2, OutcomeKind.Withdrawn, At(10), corrects: 1);

        Fold(undo).Flags.ShouldBe([new OutcomeFlag(undo.Id, FlagKind.CorrectsUnknown)]);
        Fold(undo, Outcome(1, OutcomeKind.Done, At(9))).Status.ShouldBe(TargetStatus.Outstanding);
    }

    [Fact]
    public void Corrections_InACircle_AreFlaggedAndStandOnTheirOwn()
    {
        var state = Fold(
            Outcome(1, OutcomeKind.Done, At(9), corrects: 2), Outcome(2, OutcomeKind.Vacant, At(10), corrects: 1));

        state.Status.ShouldBe(TargetStatus.Excused);
        state.Flags.Select(f => f.Kind).ShouldBe([FlagKind.CorrectsInCircle, FlagKind.CorrectsInCircle]);
    }

    [Fact]
    public void Clock_AYearAhead_IsOrderedByArrivalAndFlagged()
    {
        var ahead = Outcome(1, OutcomeKind.Vacant, At(9).AddYears(1), received: At(9));
        var later = Outcome(2, OutcomeKind.Done, At(15));

        var state = Fold(ahead, later);

        state.Status.ShouldBe(TargetStatus.Done);
        state.LastSeenAt.ShouldBe(At(15));
        state.Flags.ShouldBe([new OutcomeFlag(ahead.Id, FlagKind.ClockAhead)]);
    }

    [Fact]
    public void Clock_FiveMinutesAhead_IsBelieved() =>
        Fold(Outcome(1, OutcomeKind.Done, At(9, 5), received: At(9))).Flags.ShouldBeEmpty();

    [Fact]
    public void Next_MissedInTheMorning_IsTheAfternoon()
    {
        var next = Fold(Outcome(1, OutcomeKind.NotReached, At(10))).Next;

        next.ShouldBe(new NextAttempt(At(14, 30), At(17, 30), "afternoon", NextReason.OtherTimeOfDay));
    }

    [Fact]
    public void Next_MissedMorningAndEvening_IsTheNextAfternoon()
    {
        var next = Fold(Outcome(1, OutcomeKind.NotReached, At(10)), Outcome(2, OutcomeKind.NotReached, At(19))).Next;

        next.ShouldBe(new NextAttempt(At(14, 30).AddDays(1), At(17, 30).AddDays(1), "afternoon", NextReason.OtherTimeOfDay));
    }

    [Fact]
    public void Next_AllTimesTried_StartsOver()
    {
        var next = Fold(
            Outcome(1, OutcomeKind.NotReached, At(10)), Outcome(2, OutcomeKind.NotReached, At(15)), Outcome(3, OutcomeKind.NotReached, At(19))).Next;

        next.ShouldBe(new NextAttempt(At(9).AddDays(1), At(11, 30).AddDays(1), "morning", NextReason.AllTimesTried));
    }

    [Fact]
    public void Next_Refused_LeavesTimeForTheReview() =>
        Fold(Outcome(1, OutcomeKind.Refused, At(15))).Next.ShouldBe(
            new NextAttempt(At(11).AddDays(1), At(11, 30).AddDays(1), "morning", NextReason.AfterRefusal));

    [Fact]
    public void Next_Closed_IsNone() => Fold(Outcome(1, OutcomeKind.Done, At(9))).Next.ShouldBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Apply_ExcusedWithoutReason_IsRefused(string? reason) =>
        Apply(Outcome(1, OutcomeKind.Excused, At(9), reason: reason)).Error.Code.ShouldBe("rounds.outcome.reason_required");

    [Fact]
    public void Apply_WithdrawalOfNothing_IsRefused() =>
        Apply(Outcome(1, OutcomeKind.Withdrawn, At(9))).Error.Code.ShouldBe("rounds.outcome.withdraws_nothing");

    [Fact]
    public void Apply_CorrectsItself_IsRefused() =>
        Apply(Outcome(1, OutcomeKind.Done, At(9), corrects: 1)).Error.Code.ShouldBe("rounds.outcome.corrects_itself");

    [Fact]
    public void Apply_IdOfAnotherFact_IsRefused() =>
        Apply(Outcome(1, OutcomeKind.Done, At(9)), Outcome(1, OutcomeKind.Vacant, At(9))).Error.Code.ShouldBe("rounds.outcome.id_reused");

    [Fact]
    public void Apply_SentAgainLater_ChangesNothing()
    {
        var first = Outcome(1, OutcomeKind.Done, At(9));

        Apply(first with { ReceivedAt = At(20) }, first).Value.SameAs(Fold(first)).ShouldBeTrue();
    }

    [Fact]
    public void Apply_OtherTarget_IsRefused() =>
        Apply(Outcome(1, OutcomeKind.Done, At(9), target: Id(2))).Error.Kind.ShouldBe(ErrorKind.NotFound);

    private static Result<TargetState> Apply(Outcome next, params Outcome[] known) =>
        TargetFold.Apply(RoundPolicy.DoorKnock, Household, known, next);
}
