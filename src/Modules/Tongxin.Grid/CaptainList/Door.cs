using Tongxin.Core.Rounds;
using Tongxin.Grid.Data;
using Tongxin.People.Contracts;

namespace Tongxin.Grid.CaptainList;

/// <summary>A household as its captain sees it: what is known, what was found, what to do.</summary>
internal sealed record Door(
    Round Round, Target Target, ResponsibleCell Cell, HouseholdView? Home, IReadOnlyList<ResidentView> Residents,
    OutcomeFact? Decider, VisitDetail? Detail, string? Responsible)
{
    /// <summary>Needs that whoever knocks acts on; what only a doctor or counsellor acts on is not for the door.</summary>
    private static readonly CareKind[] NotForTheDoor = [CareKind.MentalDisorder, CareKind.KeyStudent];

    public IReadOnlyList<CareKind> Care => [.. Residents.SelectMany(r => r.Care).Distinct().Except(NotForTheDoor).Order()];

    /// <summary>To be knocked on now: not closed, and never tried or due again.</summary>
    public bool IsOpenAt(DateTimeOffset now) =>
        Round.IsOpen && Target.Status == TargetStatus.Outstanding && (Target.Result is null || Target.NextFrom <= now);

    public string Anchor => $"d-{Target.TargetId.ToString("N")[20..]}";

    public string Address => $"/doors/{Target.RoundId}/{Target.TargetId}";
}

/// <summary>The head of the list of one round within an actor's cells.</summary>
/// <param name="Open">All rounds that can be chosen.</param>
/// <param name="Now">Targets to be knocked on now.</param>
internal sealed record DoorListing(
    Round Round, IReadOnlyList<Round> Open, RoundBalance Balance, RoundTally Tally, int Now, string? CellName, int Cells);
