namespace Tongxin.Core.Sampling;

/// <summary>Least and most.</summary>
public readonly record struct SizeRange(int Least, int Most);

/// <summary>Rules of thumb before anything is planned, from the guides for testing a whole area.</summary>
public static class SamplingSize
{
    /// <summary>People a table samples in an hour, planned; 120 at its peak.</summary>
    public const int RatePerHour = 80;

    /// <summary>Part of the rate a slot is filled to: people come in waves.</summary>
    public const double Planned = 0.85;

    /// <summary>Length of a slot in minutes.</summary>
    public const int SlotMinutes = 30;

    /// <summary>People who wait at a site, a metre apart.</summary>
    public const int QueueRoom = 200;

    private const int PeoplePerSampler = 360;
    private static readonly SizeRange PeoplePerPoint = new(2_000, 3_000);
    private static readonly SizeRange PeoplePerTable = new(600, 800);

    /// <summary>Samplers who can do everybody within 24 hours.</summary>
    public static int SamplersIn24Hours(int people) => Up(people, PeoplePerSampler);

    /// <summary>Sampling points: one for 2,000 to 3,000 people.</summary>
    public static SizeRange Points(int people) => new(Up(people, PeoplePerPoint.Most), Up(people, PeoplePerPoint.Least));

    /// <summary>Tables: one for 600 to 800 people.</summary>
    public static SizeRange Tables(int people) => new(Up(people, PeoplePerTable.Most), Up(people, PeoplePerTable.Least));

    /// <summary>Places of a slot: tables times rate times length, filled to <see cref="Planned"/>, rounded down.</summary>
    /// <param name="ratePerHour">Of all tables together.</param>
    /// <param name="slotMinutes">Length of the slot.</param>
    public static int SlotCapacity(int ratePerHour, int slotMinutes) => (int)((long)ratePerHour * slotMinutes * 85 / 6000);

    private static int Up(int people, int per) => (people + per - 1) / per;
}
