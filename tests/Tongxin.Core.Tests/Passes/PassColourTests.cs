using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;
using Xunit;

namespace Tongxin.Core.Tests.Passes;

public class PassColourTests
{
    private static readonly DateTimeOffset Now = new(2022, 9, 3, 1, 0, 0, TimeSpan.Zero);
    private static readonly Edition Ninth = Editions.Find("CN-COVID-9")!;
    private static readonly Edition Any = Editions.Find("ANY-1")!;
    private static readonly HolderState Tested = new([new Proof(ProofKind.NucleicAcid, Now.AddHours(-20), Now.AddHours(-10))]);

    [Fact]
    public void NoProtocol_NoColour_WhateverTheMeasures()
    {
        foreach (var edition in new[] { null, Editions.Find("CN-COVID-乙类乙管") })
        {
            var decision = PassColour.Of([Measure(MeasureKind.CaseIsolation)], edition, HolderState.Nothing, Now);
            (decision.Colour, decision.Reason, decision.Edition).ShouldBe((Colour.None, PassReason.NoProtocol, null));
        }
    }

    [Fact]
    public void NoMeasure_ProofGood_IsGreenUntilTheProofEnds()
    {
        var decision = PassColour.Of([], Ninth, Tested, Now);

        (decision.Colour, decision.Reason, decision.NextChange).ShouldBe((Colour.Green, PassReason.Clear, Now.AddHours(38)));
    }

    [Fact]
    public void NoProof_IsGrey_AndHomeFoodAndMedicineStayOpen()
    {
        var decision = PassColour.Of([], Ninth, HolderState.Nothing, Now);

        (decision.Colour, decision.Reason).ShouldBe((Colour.Grey, PassReason.ProofMissing));
        foreach (var edition in Editions.All)
            foreach (var way in new[] { WayTo.Home, WayTo.Food, WayTo.Medicine })
                edition.AtGate(Colour.Grey, way).ShouldBe(GateAction.Admit);
    }

    [Fact]
    public void ProofTooOld_IsGrey_WithItsReason() =>
        PassColour.Of([], Ninth, Tested, Now.AddHours(38)).Reason.ShouldBe(PassReason.ProofExpired);

    [Fact]
    public void ReportOverdue_IsGreyFromThatSecond()
    {
        var holder = new HolderState([], Now);

        PassColour.Of([], Any, holder, Now.AddSeconds(-1)).ShouldSatisfyAllConditions(d => d.Colour.ShouldBe(Colour.Green), d => d.NextChange.ShouldBe(Now));
        PassColour.Of([], Any, holder, Now).Reason.ShouldBe(PassReason.ReportOverdue);
    }

    [Fact]
    public void RedOverYellow_AndTheOneThatEndsLastDecides()
    {
        var yellow = Measure(MeasureKind.HomeMonitoring, id: 1, days: 3);
        var soon = Measure(MeasureKind.CentralObservation, id: 2, days: 2);
        var late = Measure(MeasureKind.HomeObservation, id: 3, days: 5);

        var decision = PassColour.Of([yellow, soon, late], Ninth, Tested, Now);

        (decision.Colour, decision.Reason, decision.Measure, decision.Until).ShouldBe((Colour.Red, PassReason.Measure, late, late.Until));
        decision.Counting.ShouldBe([late, soon, yellow]);
    }

    [Fact]
    public void Red_WithOneApproval_IsNothing() =>
        PassColour.Of([Measure(MeasureKind.CentralObservation) with { Approvals = 1 }], Ninth, Tested, Now).Colour.ShouldBe(Colour.Green);

    [Fact]
    public void Measure_EndsToTheSecond_AndWhenLifted()
    {
        var measure = Measure(MeasureKind.HomeMonitoring, days: 2);

        PassColour.Of([measure], Ninth, Tested, measure.Until.AddSeconds(-1)).Colour.ShouldBe(Colour.Yellow);
        PassColour.Of([measure], Ninth, Tested, measure.Until).Measure.ShouldBeNull();
        PassColour.Of([measure with { LiftedAt = Now }], Ninth, Tested, Now).Colour.ShouldBe(Colour.Green);
    }

    /// <summary>The pass that stayed blocked for 14 days though the rule said ten: the edition's longest life binds whatever end was written.</summary>
    [Fact]
    public void Measure_GivenTooLongALife_EndsWithTheEdition()
    {
        var decision = PassColour.Of([Measure(MeasureKind.CentralObservation, days: 14)], Ninth, Tested, Now);

        (decision.Until, decision.NextChange).ShouldBe((Now.AddDays(7), Now.AddDays(7)));
    }

    [Fact]
    public void Measure_KindTheEditionDoesNotKnow_HasNoEffect() =>
        PassColour.Of([Measure(MeasureKind.CentralObservation)], Editions.Find("CN-COVID-新十条"), HolderState.Nothing, Now).Colour.ShouldBe(Colour.Green);

    [Fact]
    public void SelfMonitoring_OfAnyDisease_RestrictsNothing()
    {
        var decision = PassColour.Of([Measure(MeasureKind.SelfMonitoring, days: 21)], Any, HolderState.Nothing, Now);

        (decision.Colour, decision.Counting.Count).ShouldBe((Colour.Green, 1));
    }

    [Fact]
    public void Colour_UntilItsNextChange_StaysTheSame_AndInAnyOrder() => Prop.ForAll(Worlds.ToArbitrary(), world =>
    {
        var (measures, holder) = world;
        var decision = PassColour.Of(measures, Ninth, holder, Now);
        var reversed = PassColour.Of([.. measures.Reverse()], Ninth, holder, Now);
        if ((reversed.Colour, reversed.Measure, reversed.NextChange) != (decision.Colour, decision.Measure, decision.NextChange)) return false;
        for (var hour = 0; hour < 24 * 12; hour += 3)
        {
            var at = Now.AddHours(hour);
            var then = PassColour.Of(measures, Ninth, holder, at);
            if ((decision.NextChange is null || at < decision.NextChange) && (then.Colour, then.Reason, then.Measure) != (decision.Colour, decision.Reason, decision.Measure)) return false;
            // No colour above grey without a measure that counts.
            if (then.Colour > Colour.Grey && then.Measure is null) return false;
        }

        return true;
    }).QuickCheckThrowOnFailure();

    private static Gen<(IReadOnlyList<ActiveMeasure> Measures, HolderState Holder)> Worlds =>
        from kinds in Gen.Elements(Enum.GetValues<MeasureKind>()).ListOf(4)
        from starts in Gen.Choose(-100, 100).ListOf(4)
        from hours in Gen.Choose(1, 200).ListOf(4)
        from approvals in Gen.Choose(1, 2).ListOf(4)
        from sampled in Gen.Choose(-80, 40).ListOf(2)
        from count in Gen.Choose(0, 4)
        select ((IReadOnlyList<ActiveMeasure>)[.. Enumerable.Range(0, count).Select(i => new ActiveMeasure(
                new Guid(i, 0, 0, new byte[8]), kinds[i], Now.AddHours(starts[i]), Now.AddHours(starts[i] + hours[i]), approvals[i]))],
            new HolderState([.. sampled.Select(s => new Proof(ProofKind.NucleicAcid, Now.AddHours(s - 5), Now.AddHours(s)))]));

    private static ActiveMeasure Measure(MeasureKind kind, int id = 9, int days = 3) => new(new Guid(id, 0, 0, new byte[8]), kind, Now, Now.AddDays(days), Approvals: 2);
}
