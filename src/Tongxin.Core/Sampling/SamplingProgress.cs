namespace Tongxin.Core.Sampling;

/// <summary>Households of a unit's lane that are done, in the order in which they are called.</summary>
public sealed record UnitDone(Guid UnitId, SamplingLane Lane, int Households);

/// <summary>How far a round is.</summary>
/// <param name="Now">Slots that have begun are over or running: they stay.</param>
/// <param name="Done">Who is done where that is other than the plan says; units not named are done up to their slots that have begun.</param>
public sealed record SamplingProgress(DateTimeOffset Now, IReadOnlyList<UnitDone> Done)
{
    /// <summary>Everything went by plan.</summary>
    public static SamplingProgress ByPlan(DateTimeOffset now) => new(now, []);

    /// <summary>The first slot that can still be changed.</summary>
    public int FirstSlot(SamplingRequest request) => Math.Clamp((int)Math.Ceiling((Now - request.Start).TotalMinutes / request.SlotMinutes), 0, request.Slots);
}
