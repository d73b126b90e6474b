namespace Tongxin.Core.Returns;

/// <summary>How many may come in one slot of time.</summary>
public static class ArrivalSlots
{
    /// <summary>Part of the plain rate that can be planned with: people come in waves.</summary>
    public const double Planned = 0.85;

    /// <summary>Lanes times rate times length, planned with a margin and rounded down: arrivals never exceed what the lanes can do.</summary>
    /// <param name="lanes">Lanes open.</param>
    /// <param name="ratePerHour">People a lane checks in an hour.</param>
    /// <param name="minutes">Length of the slot.</param>
    public static int Capacity(int lanes, int ratePerHour, int minutes) => (int)Math.Floor(lanes * ratePerHour * minutes * Planned / 60);
}

/// <summary>A slot: how many places it has and on which day it lies. Slots are given in order of time.</summary>
/// <param name="Day">Index of the day; never less than that of the slot before.</param>
/// <param name="Capacity">Places, 0 or more.</param>
public readonly record struct ArrivalSlot(int Day, int Capacity);

/// <summary>Somebody to be given a slot.</summary>
/// <param name="College">Index of the college (row of the quotas).</param>
/// <param name="Group">Number of the family or room with which the person would like to arrive; negative: alone. Groups are of one college.</param>
/// <param name="Before">Index of the slot held until now; negative: none.</param>
public readonly record struct ArrivalPerson(int College, int Group = -1, int Before = -1);

/// <summary>Everybody who is to come, and what there is.</summary>
/// <param name="Slots">In order of time.</param>
/// <param name="Quotas">How many of a college (row) may come on a day (column); <see cref="int.MaxValue"/> for no limit.</param>
/// <param name="People">In order of precedence: where somebody must move, the later ones do.</param>
public sealed record ArrivalRequest(IReadOnlyList<ArrivalSlot> Slots, IReadOnlyList<IReadOnlyList<int>> Quotas, IReadOnlyList<ArrivalPerson> People)
{
    /// <summary>Number of days.</summary>
    public int Days => Slots.Count == 0 ? 0 : Slots[^1].Day + 1;

    /// <summary>The quota; a missing row or column has no limit.</summary>
    public int Quota(int college, int day) => college < Quotas.Count && day < Quotas[college].Count ? Quotas[college][day] : int.MaxValue;
}

/// <summary>Why people of a college have no place.</summary>
public enum GapCause
{
    /// <summary>The college's quotas are used up.</summary>
    Quota,

    /// <summary>The slots are full.</summary>
    Capacity,
}

/// <summary>People of a college without a place.</summary>
public sealed record ArrivalGap(int College, int Count, GapCause Cause);

/// <summary>Who comes when, and how good that is.</summary>
/// <param name="SlotOf">Slot of each person, in the order given; -1 without a place.</param>
/// <param name="Placed">People with a place: the most there can be.</param>
/// <param name="Moves">People who had a slot and now have another or none: the fewest with so many placed and this last slot allowed.</param>
/// <param name="FinishSlot">Last slot used; -1 when none is.</param>
/// <param name="FinishBound">No plan that places so many ends before this slot.</param>
/// <param name="Groups">Groups of two and more of whom all have a place.</param>
/// <param name="Together">Of these, those in one slot.</param>
/// <param name="SameDay">Of these, those on one day.</param>
/// <param name="Gaps">Who has no place, and why.</param>
public sealed record ArrivalPlan(
    IReadOnlyList<int> SlotOf, int Placed, int Moves, int FinishSlot, int FinishBound, int Groups, int Together, int SameDay, IReadOnlyList<ArrivalGap> Gaps);
