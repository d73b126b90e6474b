using Shouldly;
using Tongxin.Platform.Ui;
using Xunit;

namespace Tongxin.Modules.Tests.Platform.Ui;

/// <summary>100 % is said only when nobody is missing.</summary>
public sealed class CoverageLevelsTests
{
    [Theory]
    [InlineData(0, 0, null, CoverageLevel.None)]
    [InlineData(0, 3, 0, CoverageLevel.Low)]
    [InlineData(69, 100, 69, CoverageLevel.Low)]
    [InlineData(699, 1000, 69, CoverageLevel.Low)]
    [InlineData(70, 100, 70, CoverageLevel.Half)]
    [InlineData(8999, 10000, 89, CoverageLevel.Half)]
    [InlineData(9, 10, 90, CoverageLevel.High)]
    [InlineData(29_999, 30_000, 99, CoverageLevel.High)]
    [InlineData(30_000, 30_000, 100, CoverageLevel.Full)]
    [InlineData(int.MaxValue - 1, int.MaxValue, 99, CoverageLevel.High)]
    public void Coverage_Counts_AreRoundedDown(int done, int due, int? percent, CoverageLevel level)
    {
        CoverageLevels.Percent(done, due).ShouldBe(percent);
        CoverageLevels.Of(done, due).ShouldBe(level);
    }

    [Fact]
    public void Coverage_NotStarted_IsNoLevel() => CoverageLevels.Of(0, 10, started: false).ShouldBe(CoverageLevel.None);
}
