namespace Tongxin.Core.Sampling.Pools;

/// <summary>Why a person may or may not share a tube with others. Frozen with the round.</summary>
public enum PersonClass
{
    /// <summary>Everybody else: up to twenty in a tube.</summary>
    Other,

    /// <summary>Lives in a controlled area (管控区): up to ten.</summary>
    Controlled,

    /// <summary>Lives in a sealed household (封控户): one tube for the household and nobody else in it (1户1管).</summary>
    SealedHousehold,

    /// <summary>Key person (重点人群): alone.</summary>
    Key,

    /// <summary>At an isolation point (隔离点): alone.</summary>
    Isolation,
}

/// <summary>What one pool size costs.</summary>
/// <param name="Size">People in a tube (k).</param>
/// <param name="TestsPerPerson">Expected tests for each person, rechecks included.</param>
public sealed record PoolCost(int Size, double TestsPerPerson);

/// <summary>The size chosen and what speaks for it.</summary>
/// <param name="Size">People in a tube. For a sealed household: the most; the household is the tube.</param>
/// <param name="ByClass">The most that the class of person allows.</param>
/// <param name="ByPrevalence">The most that the share of positives allows.</param>
/// <param name="Costs">All sizes with their expected tests, smallest size first.</param>
public sealed record PoolAdvice(int Size, int ByClass, int ByPrevalence, IReadOnlyList<PoolCost> Costs);

/// <summary>
/// How many people share a tube. The class of person sets the ceiling, a high share of positives lowers it. Expected tests are
/// Dorfman's: one for the pool, and one for each member when the pool is positive (R. Dorfman, 1943).
/// </summary>
public static class PoolSize
{
    /// <summary>Above this share a pool of twenty costs more than one of ten.</summary>
    public const double TenAbove = 0.01;

    /// <summary>Above this share ten is too many.</summary>
    public const double FiveAbove = 0.05;

    /// <summary>The largest tube there is; thirty and fifty are not validated.</summary>
    public const int Largest = 20;

    /// <summary>Sizes in use. A sealed household's tube may hold any number up to <see cref="Largest"/>.</summary>
    public static IReadOnlyList<int> Allowed { get; } = [1, 5, 10, 20];

    /// <summary>The most people a tube with somebody of this class may hold.</summary>
    public static int MostFor(PersonClass person) => person switch
    {
        PersonClass.Key or PersonClass.Isolation => 1,
        PersonClass.Controlled => 10,
        _ => Largest,
    };

    /// <summary>The size to use.</summary>
    /// <param name="person">The class of those in the tube.</param>
    /// <param name="prevalence">Expected share of positives, 0 to 1.</param>
    public static PoolAdvice For(PersonClass person, double prevalence)
    {
        var byClass = MostFor(person);
        var byPrevalence = MostAt(prevalence);
        var size = person == PersonClass.SealedHousehold ? byClass : Math.Min(byClass, byPrevalence);
        return new PoolAdvice(size, byClass, byPrevalence, [.. Allowed.Select(k => new PoolCost(k, TestsPerPerson(k, prevalence)))]);
    }

    /// <summary>Expected tests for each person. One for a size of one; otherwise 1/k + 1 - (1 - p)^k.</summary>
    /// <param name="size">People in a tube, at least 1.</param>
    /// <param name="prevalence">Expected share of positives, 0 to 1.</param>
    public static double TestsPerPerson(int size, double prevalence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ThrowIfNoShare(prevalence);
        return size == 1 ? 1 : (1.0 / size) + 1 - Math.Pow(1 - prevalence, size);
    }

    /// <summary>Expected tests for a number of people, rechecks included.</summary>
    public static double Tests(int people, int size, double prevalence) => people * TestsPerPerson(size, prevalence);

    /// <summary>Tubes for a number of people.</summary>
    public static int Tubes(int people, int size) => (people + size - 1) / size;

    private static int MostAt(double prevalence)
    {
        ThrowIfNoShare(prevalence);
        if (prevalence <= TenAbove) return 20;
        if (prevalence <= FiveAbove) return 10;
        return TestsPerPerson(5, prevalence) < 1 ? 5 : 1;
    }

    private static void ThrowIfNoShare(double prevalence)
    {
        if (!(prevalence is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(prevalence), prevalence, "A share lies between 0 and 1.");
    }
}
