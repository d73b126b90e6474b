using Tongxin.Core.Protocols;
using Tongxin.Core.Sampling;
using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Screening.Rounds.Data;

namespace Tongxin.Screening.Booking.Data;

/// <summary>
/// 时段: so many people of a lane at a site in a stretch of time. Taken is raised only where it stays within capacity, in one statement: two
/// never get the last place.
/// </summary>
internal sealed class Slot : ICapacity
{
    private Slot() { }

    public Guid Id { get; private set; }
    public Guid RoundId { get; private set; }
    public Guid SiteId { get; private set; }
    public DateTimeOffset From { get; private set; }
    public DateTimeOffset Until { get; private set; }
    public SamplingLane Lane { get; private set; }

    /// <summary>Of everybody who comes: levels never share a slot.</summary>
    public RiskLevel Risk { get; private set; }
    public int Capacity { get; private set; }
    public int Taken { get; private set; }

    /// <summary>No longer used: a plan made anew has others. Who was in it was told.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public int Free => Math.Max(0, Capacity - Taken);

    public static Slot Of(Guid round, NewSlot slot) => new()
    {
        Id = Ids.New(),
        RoundId = round,
        SiteId = slot.SiteId,
        From = slot.From,
        Until = slot.Until,
        Lane = slot.Lane,
        Risk = slot.Risk,
        Capacity = slot.Capacity,
    };

    /// <summary>For slots that are written together with who has them.</summary>
    public void Fill(int taken) => Taken = taken;

    public void Resize(int capacity) => Capacity = capacity;

    public void Withdraw(DateTimeOffset at) => WithdrawnAt ??= at;
}

/// <summary>Which entrance (or block) is called to a slot, and how many of it.</summary>
internal sealed class SlotUnit
{
    private SlotUnit() { }

    public Guid SlotId { get; private set; }
    public Guid PlaceId { get; private set; }
    public int People { get; private set; }

    public static SlotUnit Of(Guid slot, Guid place, int people) => new() { SlotId = slot, PlaceId = place, People = people };
}

/// <summary>A slot as a plan has it, with who is called to it.</summary>
/// <param name="People">Persons of the round's roll, each in one slot of the plan only.</param>
internal sealed record NewSlot(Guid SiteId, DateTimeOffset From, DateTimeOffset Until, SamplingLane Lane, RiskLevel Risk, int Capacity, IReadOnlyList<Guid> People);
