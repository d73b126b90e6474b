using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Xunit;
using static Tongxin.Core.Tests.Sampling.Pools.Make;

namespace Tongxin.Core.Tests.Sampling.Pools;

public class TubeFoldTests
{
    [Fact]
    public void Tube_NothingKnown_IsUnopened() => TubeFold.Of("T1", []).SameAs(TubeState.Unopened("T1")).ShouldBeTrue();

    [Fact]
    public void Tube_StepByStep_GoesThroughItsStages()
    {
        var facts = Full(0, "T1", 10, 1, 3);
        Fold(facts.Take(1)).Stage.ShouldBe(TubeStage.Open);
        Fold(facts).Stage.ShouldBe(TubeStage.Closed);
        foreach (var (kind, stage) in new[] { (TubeFactKind.Boxed, TubeStage.Boxed), (TubeFactKind.Received, TubeStage.Received), (TubeFactKind.Testing, TubeStage.Testing) })
        {
            facts.Add(Fact(500 + (int)kind, "T1", kind, 100 + (int)kind) with { BoxCode = "B7" });
            Fold(facts).Stage.ShouldBe(stage);
        }

        var done = Fold([.. facts, Report(900, "T1", TubeResult.Neg)]);
        done.Stage.ShouldBe(TubeStage.Neg);
        done.Verdict.ShouldBe(TubeResult.Neg);
        done.BoxCode.ShouldBe("B7");
        done.Members.Select(m => m.PersonId).ShouldBe([Person(1), Person(2), Person(3)]);
        done.Flags.ShouldBeEmpty();
    }

    [Fact]
    public void Sampled_TheEleventh_IsContestedAndFlagged()
    {
        var tube = Fold(Full(0, "T1", 10, 1, 11));

        tube.Members.Count.ShouldBe(10);
        tube.Contested.ShouldHaveSingleItem().PersonId.ShouldBe(Person(11));
        tube.Has(TubeFlagKind.OverFull).ShouldBeTrue();
        tube.IsInDoubt.ShouldBeTrue("the table closed it with eleven");
    }

    [Fact]
    public void Ask_TheEleventh_IsRefused() =>
        TubeRules.Ask(Fold(Full(0, "T1", 10, 1, 10).SkipLast(1)), Sample(99, "T1", Person(11), 15)).Error.Code.ShouldBe("pools.tube.full");

    [Fact]
    public void Ask_EachWrongMove_IsRefusedWithItsCode()
    {
        var open = Fold(Full(0, "T1", 10, 1, 2).SkipLast(1));
        var closed = Fold(Full(0, "T1", 10, 1, 2));

        TubeRules.Ask(open, Open(90, "T1", 10) with { TableId = OtherTable }).Error.Code.ShouldBe("pools.tube.code_taken");
        TubeRules.Ask(open, Sample(91, "T1", Person(1), 5)).Error.Code.ShouldBe("pools.tube.already_in");
        TubeRules.Ask(open, Sample(92, "T1", Person(9), 5) with { MostWith = 1 }).Error.Code.ShouldBe("pools.tube.wrong_class");
        TubeRules.Ask(open, Close(93, "T1", 3)).Error.Code.ShouldBe("pools.tube.count_differs");
        TubeRules.Ask(open, Fact(94, "T1", TubeFactKind.Boxed, 30) with { BoxCode = "B1" }).Error.Code.ShouldBe("pools.tube.not_closed");
        TubeRules.Ask(closed, Sample(95, "T1", Person(9), 50)).Error.Code.ShouldBe("pools.tube.closed");
        TubeRules.Ask(closed, Withdraw(96, "T1", Sample(1, "T1", Person(1)), 50)).Error.Code.ShouldBe("pools.fact.second_name");
        TubeRules.Ask(TubeState.Unopened("T9"), Sample(97, "T9", Person(1))).Error.Code.ShouldBe("pools.tube.not_opened");
        TubeRules.Ask(closed, Withdraw(98, "T1", Sample(1, "T1", Person(1)), 50, twoNames: true)).IsFailure.ShouldBeFalse();
    }

    [Fact]
    public void Check_EachPartMissing_IsRefused()
    {
        TubeRules.Check(Open(1, "T1", 7)).Error.Code.ShouldBe("pools.tube.size_invalid");
        TubeRules.Check(Open(1, "T1", 5, purpose: TubePurpose.Recheck)).Error.Code.ShouldBe("pools.tube.recheck_alone");
        TubeRules.Check(Open(1, "T1", 7, purpose: TubePurpose.Household)).IsFailure.ShouldBeFalse();
        TubeRules.Check(Open(1, "T 1", 10)).Error.Code.ShouldBe("pools.tube.code_invalid");
        TubeRules.Check(Open(1, "T1", 10) with { Corrects = Id(9) }).Error.Code.ShouldBe("pools.fact.second_name");
        TubeRules.Check(Sample(1, "T1", Person(1)) with { PersonId = null }).Error.Code.ShouldBe("pools.fact.field_missing");
        TubeRules.Check(Sample(1, "T1", Person(1)) with { Corrects = Id(9) }).Error.Code.ShouldBe("pools.fact.corrects_wrong");
        TubeRules.Check(Sample(1, "T1", Person(1)) with { Witness = Li }).Error.Code.ShouldBe("pools.fact.second_name");
        TubeRules.Check(Fact(1, "T1", TubeFactKind.Voided, 1)).Error.Code.ShouldBe("pools.fact.field_missing");
    }

    [Fact]
    public void Withdrawn_BeforeClosing_TakesOneNameAndGivesThePlaceBack()
    {
        var facts = Full(0, "T1", 10, 1, 2).SkipLast(1).ToList();

        var tube = Fold([.. facts, Withdraw(50, "T1", facts[1], 5), Close(51, "T1", 1)]);

        tube.Members.ShouldHaveSingleItem().PersonId.ShouldBe(Person(2));
        tube.IsInDoubt.ShouldBeFalse();
    }

    [Fact]
    public void Withdrawn_AfterClosing_NeedsTwoNames()
    {
        var facts = Full(0, "T1", 10, 1, 2);

        var one = Fold([.. facts, Withdraw(50, "T1", facts[1], 60)]);
        var two = Fold([.. facts, Withdraw(50, "T1", facts[1], 60, twoNames: true)]);

        one.Members.Count.ShouldBe(2);
        one.Has(TubeFlagKind.SecondNameMissing).ShouldBeTrue();
        two.Members.ShouldHaveSingleItem().PersonId.ShouldBe(Person(2));
        two.IsInDoubt.ShouldBeFalse("the count was right when it was closed");
    }

    [Fact]
    public void Sampled_AfterClosing_CountsOnlyWithTwoNames()
    {
        var facts = Full(0, "T1", 10, 1, 2);

        var one = Fold([.. facts, Sample(50, "T1", Person(3), 60)]);
        var two = Fold([.. facts, Sample(50, "T1", Person(3), 60) with { Witness = Wang }]);

        one.Contested.ShouldHaveSingleItem().PersonId.ShouldBe(Person(3));
        one.Has(TubeFlagKind.AfterClosing).ShouldBeTrue();
        two.Members.Count.ShouldBe(3);
        two.IsInDoubt.ShouldBeFalse();
    }

    [Fact]
    public void Household_SomebodyOfAnother_IsContested()
    {
        var tube = Fold([
            Open(0, "T1", 3, purpose: TubePurpose.Household),
            Sample(1, "T1", Person(1)) with { HouseholdId = Id(71), MostWith = 1 },
            Sample(2, "T1", Person(2)) with { HouseholdId = Id(71), MostWith = 1 },
            Sample(3, "T1", Person(3)) with { HouseholdId = Id(72), MostWith = 1 }]);

        tube.Members.Count.ShouldBe(2);
        tube.Has(TubeFlagKind.OtherHousehold).ShouldBeTrue();
        tube.Has(TubeFlagKind.ClassMixed).ShouldBeFalse();
    }

    [Fact]
    public void Class_KeyPersonInAPool_CountsAndIsFlagged()
    {
        var tube = Fold([Open(0, "T1", 10), Sample(1, "T1", Person(1)) with { MostWith = 1 }]);

        tube.Members.Count.ShouldBe(1);
        tube.Has(TubeFlagKind.ClassMixed).ShouldBeTrue();
    }

    [Fact]
    public void Code_OpenedAtTwoTables_IsACollisionAndNothingIsApplied()
    {
        var here = Full(0, "T1", 10, 1, 3);
        var there = Full(50, "T1", 10, 11, 2, 40).Select(f => f with { DeviceId = OtherPhone, TableId = f.TableId is null ? null : OtherTable });

        var tube = Fold([.. here, .. there, Report(90, "T1", TubeResult.Neg)]);

        tube.IsCollided.ShouldBeTrue();
        tube.Verdict.ShouldBeNull();
        tube.Members.Count.ShouldBe(5);
        tube.Has(TubeFlagKind.ResultOnCollision).ShouldBeTrue();
    }

    [Fact]
    public void Code_OpenedWithASecondPhoneAtTheSameTable_IsOneTube()
    {
        var tube = Fold([
            Open(0, "T1", 10), Sample(1, "T1", Person(1)),
            Open(2, "T1", 10, 5) with { DeviceId = OtherPhone }, Sample(3, "T1", Person(2), 6) with { DeviceId = OtherPhone },
            Close(4, "T1", 2) with { DeviceId = OtherPhone }]);

        tube.IsCollided.ShouldBeFalse();
        tube.Members.Count.ShouldBe(2);
        tube.IsInDoubt.ShouldBeFalse();
    }

    [Fact]
    public void Opening_WithTheWrongTable_IsPutRightByTwoNames()
    {
        var wrong = Open(0, "T1", 10) with { TableId = OtherTable };
        var right = Open(9, "T1", 10, 40) with { Corrects = wrong.Id, Witness = Wang, DeviceId = null };

        var tube = Fold([wrong, Sample(1, "T1", Person(1)), Close(2, "T1", 1), right]);

        tube.TableId.ShouldBe(Table);
        tube.IsCollided.ShouldBeFalse();
        tube.Members.ShouldHaveSingleItem();
    }

    [Fact]
    public void Sampled_AtAPhoneThatNeverOpenedIt_IsContestedAndANegativeWithheld()
    {
        var tube = Fold([.. Full(0, "T1", 10, 1, 2), Sample(50, "T1", Person(3), 5) with { DeviceId = OtherPhone }, Report(90, "T1", TubeResult.Neg)]);

        tube.Contested.ShouldHaveSingleItem().PersonId.ShouldBe(Person(3));
        tube.Stage.ShouldBe(TubeStage.Neg);
        tube.Verdict.ShouldBeNull();
    }

    [Fact]
    public void Closed_WithAnotherCount_WithholdsANegativeUntilRestated()
    {
        var facts = Full(0, "T1", 10, 1, 3).SkipLast(1).Append(Close(40, "T1", 4)).Append(Report(90, "T1", TubeResult.Neg)).ToList();

        Fold(facts).Verdict.ShouldBeNull();
        Fold([.. facts, Sample(41, "T1", Person(4), 6)]).Verdict.ShouldBe(TubeResult.Neg, "the fourth came late");
        Fold([.. facts, Close(42, "T1", 3, 60) with { Witness = Wang }]).Verdict.ShouldBe(TubeResult.Neg);
    }

    [Fact]
    public void Result_Corrected_HighestVersionDecidesAndTheOldStays()
    {
        var tube = Fold([.. Full(0, "T1", 10, 1, 3), Report(90, "T1", TubeResult.Pos, 2, 250), Report(91, "T1", TubeResult.Neg)]);

        tube.Verdict.ShouldBe(TubeResult.Pos);
        tube.Reports.Select(r => (r.Version, r.Result)).ShouldBe([(1, TubeResult.Neg), (2, TubeResult.Pos)]);
    }

    [Fact]
    public void Result_OneVersionTwoResults_IsInDoubtAndTheGraverIsShown()
    {
        var tube = Fold([.. Full(0, "T1", 1, 1, 1), Report(90, "T1", TubeResult.Pos), Report(91, "T1", TubeResult.Neg)]);

        tube.Stage.ShouldBe(TubeStage.Pos);
        tube.Has(TubeFlagKind.ResultDisputed).ShouldBeTrue();
        tube.IsOfOnePerson.ShouldBeFalse();
    }

    [Fact]
    public void Voided_IsInvalid_ButAPositiveIsNotSilenced()
    {
        var voided = Full(0, "T1", 10, 1, 3).Append(Fact(80, "T1", TubeFactKind.Voided, 60) with { Reason = "leak" }).ToList();

        Fold(voided).Stage.ShouldBe(TubeStage.Invalid);
        Fold([.. voided, Report(90, "T1", TubeResult.Neg)]).Verdict.ShouldBe(TubeResult.Invalid);
        Fold([.. voided, Report(90, "T1", TubeResult.Pos)]).Verdict.ShouldBe(TubeResult.Pos);
    }

    [Fact]
    public void Clock_AYearAhead_IsOrderedByArrival()
    {
        var tube = Fold([Open(0, "T1", 10), Sample(1, "T1", Person(1)) with { SeenAt = At(2).AddYears(1) }, Close(2, "T1", 1)]);

        tube.Members.ShouldHaveSingleItem().At.ShouldBe(At(1));
        tube.Has(TubeFlagKind.ClockAhead).ShouldBeTrue();
    }

    [Fact]
    public void Apply_IdOfAnotherFact_IsRefused()
    {
        var known = Full(0, "T1", 10, 1, 1);

        TubeFold.Apply("T1", known, known[1] with { PersonId = Person(2) }).Error.Code.ShouldBe("pools.fact.id_reused");
        TubeFold.Apply("T1", known, known[1] with { ReceivedAt = At(500) }).Value.SameAs(Fold(known)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(" ab-12 ", "AB-12")]
    [InlineData("ＡＢ－１２", "AB-12")]
    [InlineData(null, "")]
    public void Code_AsTypedOrScanned_IsOne(string? typed, string expected) => TubeCode.Read(typed).ShouldBe(expected);
}
