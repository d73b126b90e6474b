using Shouldly;
using Tongxin.Core.Protocols;
using Tongxin.Core.Returns;
using Xunit;

namespace Tongxin.Core.Tests.Returns;

/// <summary>Which written place lies in which area.</summary>
public sealed class RegionTests
{
    [Theory]
    [InlineData("陕西省西安市雁塔区小寨路街道", "陕西省西安市雁塔区", true)]
    [InlineData("西安市雁塔区小寨路街道", "陕西省西安市雁塔区小寨路街道", true)]
    [InlineData("雁塔区 小寨路街道", "陕西省西安市雁塔区", true)]
    [InlineData("陕西省西安市雁塔区长安路街道", "陕西省西安市雁塔区小寨路街道", false)]
    [InlineData("陕西省西安市碑林区", "陕西省西安市", true)]
    [InlineData("陕西省咸阳市秦都区", "陕西省西安市", false)]
    [InlineData("陝西省西安市雁塔區", "陕西省西安市雁塔区", true)]
    [InlineData("北京市北京市海淀区", "北京市海淀区", true)]
    [InlineData("内蒙古自治区锡林郭勒盟二连浩特市", "锡林郭勒盟二连浩特市", true)]
    [InlineData("新疆维吾尔自治区乌鲁木齐市天山区", "乌鲁木齐市天山区", true)]
    [InlineData("江苏省无锡市江阴市", "江苏省无锡市江阴市", true)]
    [InlineData("吉林省长春市朝阳区", "北京市朝阳区", false)]
    public void IsWithin_ByName(string place, string area, bool expected) => new Region(null, place).IsWithin(new Region(null, area)).ShouldBe(expected);

    [Theory]
    [InlineData("610113005", "610113", true)]
    [InlineData("610113", "610100", true)]
    [InlineData("610113", "610000", true)]
    [InlineData("610113", "610113005", false)]
    [InlineData("610113005000", "610113005", true)]
    [InlineData("610112", "610113", false)]
    public void IsWithin_ByCode(string place, string area, bool expected) => new Region(place, "甲").IsWithin(new Region(area, "乙")).ShouldBe(expected);

    [Fact]
    public void IsWithin_OneHasNoCode_GoesByName() =>
        new Region(null, "西安市雁塔区小寨路街道").IsWithin(new Region("610113", "陕西省西安市雁塔区")).ShouldBeTrue();

    [Theory]
    [InlineData("陕西省西安市雁塔区长安路街道", "陕西省西安市雁塔区小寨路街道", true)]
    [InlineData("陕西省西安市碑林区", "陕西省西安市雁塔区小寨路街道", false)]
    [InlineData("西安市", "西安市雁塔区", false)]
    public void SharesCounty_ByName(string place, string area, bool expected) => new Region(null, place).SharesCountyWith(new Region(null, area)).ShouldBe(expected);

    [Theory]
    [InlineData("陕西省西安市雁塔区", true)]
    [InlineData("上海市徐汇区", true)]
    [InlineData("陕西省西安市", false)]
    [InlineData("西安", false)]
    [InlineData("雁塔区省医院家属区万达市场", false)] // no city
    [InlineData("", false)]
    public void TellsCounty_OfWhatPeopleWrite(string place, bool expected) => new Region(null, place).TellsCounty.ShouldBe(expected);

    [Fact]
    public void Area_Holds_FromItsFirstDayUntilItIsLifted()
    {
        var area = Make.Area("西安市雁塔区", RiskLevel.High, "08-01", "08-09");

        area.Holds(Make.Day("07-31")).ShouldBeFalse();
        area.Holds(Make.Day("08-01")).ShouldBeTrue();
        area.Holds(Make.Day("08-08")).ShouldBeTrue();
        area.Holds(Make.Day("08-09")).ShouldBeFalse();
    }
}
