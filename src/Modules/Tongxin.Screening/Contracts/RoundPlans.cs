using Tongxin.Core.Sampling;

namespace Tongxin.Screening.Contracts;

/// <summary>The plans of rounds, for whoever tries them out.</summary>
public interface IRoundPlans
{
    /// <summary>The plan in force; null while none is. Asks nobody's permission.</summary>
    Task<PlannedRound?> FindAsync(Guid roundId, CancellationToken ct);
}

/// <summary>A plan with what it was made of, as sites, tables and excuses are now.</summary>
/// <param name="People">Everybody behind the doors of the request's units.</param>
public sealed record PlannedRound(SamplingRequest Request, SamplingPlan Plan, IReadOnlyList<PlannedPerson> People);

/// <summary>Somebody behind a door of a unit.</summary>
/// <param name="Household">Index of the door in the unit.</param>
public sealed record PlannedPerson(Guid PersonId, Guid UnitId, int Household, SamplingLane Lane);
