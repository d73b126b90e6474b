using Shouldly;
using Tongxin.Core.Sampling.Pools;
using Xunit;

namespace Tongxin.Core.Tests.Sampling.Pools;

public class PoolSizeTests
{
    [Theory]
    [InlineData(10, 0.0001, 0.101)]
    [InlineData(10, 0.001, 0.110)]
    [InlineData(10, 0.01, 0.196)]
    [InlineData(20, 0.0001, 0.052)]
    [InlineData(20, 0.001, 0.070)]
    [InlineData(20, 0.01, 0.232)]
    [InlineData(1, 0.5, 1.0)]
    public void TestsPerPerson_AsPublished(int size, double prevalence, double expected) =>
        Math.Round(PoolSize.TestsPerPerson(size, prevalence), 3).ShouldBe(expected);

    /// <summary>Golden test 11, the part about tubes: 30,000 people in pools of ten.</summary>
    [Fact]
    public void Golden11_ThirtyThousandPeople_TubesAndTests()
    {
        PoolSize.Tubes(30_000, 10).ShouldBe(3000);
        Math.Round(PoolSize.Tests(30_000, 10, 0.001)).ShouldBe(3299);
    }

    [Theory]
    [InlineData(PersonClass.Other, 0.0001, 20)]
    [InlineData(PersonClass.Other, 0.01, 20)]
    [InlineData(PersonClass.Other, 0.011, 10)]
    [InlineData(PersonClass.Other, 0.05, 10)]
    [InlineData(PersonClass.Other, 0.06, 5)]
    [InlineData(PersonClass.Other, 0.30, 1)]
    [InlineData(PersonClass.Controlled, 0.0001, 10)]
    [InlineData(PersonClass.Controlled, 0.10, 5)]
    [InlineData(PersonClass.SealedHousehold, 0.10, 20)]
    [InlineData(PersonClass.Key, 0.0001, 1)]
    [InlineData(PersonClass.Isolation, 0.0001, 1)]
    public void For_ClassAndPrevalence_GivesTheSmallerCeiling(PersonClass person, double prevalence, int expected) =>
        PoolSize.For(person, prevalence).Size.ShouldBe(expected);

    [Fact]
    public void For_ShowsWhatEverySizeCosts()
    {
        var advice = PoolSize.For(PersonClass.Controlled, 0.02);

        advice.ByClass.ShouldBe(10);
        advice.ByPrevalence.ShouldBe(10);
        advice.Costs.Select(c => c.Size).ShouldBe([1, 5, 10, 20]);
        advice.Costs[2].TestsPerPerson.ShouldBe(PoolSize.TestsPerPerson(10, 0.02));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void For_NoShare_Throws(double prevalence) =>
        Should.Throw<ArgumentOutOfRangeException>(() => PoolSize.For(PersonClass.Other, prevalence));
}
