using System.Text.Json;
using Shouldly;
using Tongxin.Core.Rounds;
using Xunit;
using static Tongxin.Core.Tests.Rounds.Make;

namespace Tongxin.Core.Tests.Rounds;

public class RoundLedgerTests
{
    private static readonly RoundTarget[] Targets = [new(Id(1), Id(51)), new(Id(2), Id(51)), new(Id(3), Id(52))];

    [Fact]
    public void Ledger_JustOpened_HasEverythingOutstanding()
    {
        var ledger = Open();

        ledger.Balance.Outstanding.ShouldBe(3);
        ledger.Tally.Untried.ShouldBe(3);
    }

    [Fact]
    public void Ledger_TargetTwice_IsNotOpened() =>
        RoundLedger.Open(RoundPolicy.DoorKnock, [Targets[0], Targets[0]]).Error.Code.ShouldBe("rounds.target.twice");

    [Fact]
    public void Ledger_UnknownTarget_IsRefusedAndNothingIsLost()
    {
        var ledger = Open();

        ledger.Record(Outcome(1, OutcomeKind.Done, At(9), target: Id(9))).Error.Code.ShouldBe("rounds.target.unknown");
        ledger.Balance.ShouldBe(new RoundBalance(3, 0, 0));
    }

    [Fact]
    public void Ledger_SecondPhoneSendsTheSame_ChangesNothing()
    {
        var ledger = Open();
        var done = Outcome(1, OutcomeKind.Done, At(9));

        ledger.Record(done).Value.IsNew.ShouldBeTrue();
        var again = ledger.Record(done with { ReceivedAt = At(12) }).Value;

        again.IsNew.ShouldBeFalse();
        again.After.SameAs(again.Before).ShouldBeTrue();
        ledger.Balance.ShouldBe(new RoundBalance(3, 1, 0));
    }

    [Fact]
    public void Gaps_ByCell_AddUpAndPutEscalatedFirst()
    {
        var ledger = Open();
        foreach (var hour in new[] { 9, 15, 19 }) ledger.Record(Outcome(hour, OutcomeKind.NotReached, At(hour), target: Id(2)));
        ledger.Record(Outcome(1, OutcomeKind.Done, At(9), target: Id(3)));

        var gaps = ledger.Gaps();

        gaps.Select(g => g.CellId).ShouldBe([Id(51), Id(52)]);
        gaps[0].Outstanding.Select(s => s.TargetId).ShouldBe([Id(2), Id(1)]);
        gaps[0].Escalated.ShouldBe(1);
        gaps[1].Outstanding.ShouldBeEmpty();
        gaps.Aggregate(default(RoundBalance), (sum, g) => sum.Plus(g.Balance)).ShouldBe(ledger.Balance);
    }

    [Fact]
    public void Reassign_WhileTheOldCaptainWasOffline_KeepsTheFactAndOneCell()
    {
        var ledger = Open();

        ledger.Reassign(Id(2), Id(52)).IsFailure.ShouldBeFalse();
        ledger.Record(Outcome(1, OutcomeKind.Done, At(9), target: Id(2)));

        ledger.Gaps().Select(g => g.Balance).ShouldBe([new RoundBalance(1, 0, 0), new RoundBalance(2, 1, 0)]);
    }

    [Fact]
    public void Balance_MoreClosedThanThereAre_CannotBeMade() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new RoundBalance(1, 1, 1));

    [Fact]
    public void Policy_WrittenAndReadAsJson_MeansTheSame()
    {
        var read = JsonSerializer.Deserialize<RoundPolicy>(JsonSerializer.Serialize(RoundPolicy.DoorKnock))!;

        read.Kinds.ShouldBe(RoundPolicy.DoorKnock.Kinds, ignoreOrder: true);
        read.Bands.ShouldBe(RoundPolicy.DoorKnock.Bands);
    }

    [Fact]
    public void Round_Of1500Households_GapListIsExactAfterEachOutcome()
    {
        var targets = Enumerable.Range(0, 1500).Select(i => new RoundTarget(Id(i + 1), Id(5000 + (i % 51)))).ToList();
        var ledger = RoundLedger.Open(RoundPolicy.DoorKnock, targets).Value;

        for (var i = 0; i < 1500; i++)
        {
            ledger.Record(Outcome(i, OutcomeKind.Done, At(9), target: targets[(i * 7) % 1500].Id)).IsFailure.ShouldBeFalse();
            ledger.Balance.ShouldBe(new RoundBalance(1500, i + 1, 0));
        }

        ledger.Gaps().ShouldAllBe(g => g.Outstanding.Count == 0);
    }

    private static RoundLedger Open() => RoundLedger.Open(RoundPolicy.DoorKnock, Targets).Value;
}
