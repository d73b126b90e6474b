using Shouldly;
using Tongxin.Core.Text;
using Xunit;

namespace Tongxin.Core.Tests.Text;

public sealed class LooseDateTests
{
    private static readonly DateOnly Reference = new(2022, 1, 5);

    [Theory]
    [InlineData("2022-01-03")]
    [InlineData("2022/1/3")]
    [InlineData("2022.1.3")]
    [InlineData("2022年1月3日")]
    [InlineData("2022 年 1 月 3 日")]
    [InlineData("２０２２年１月３号")]
    [InlineData("二〇二二年一月三日")]
    [InlineData("20220103")]
    [InlineData("44564")]
    [InlineData("44564.5")]
    [InlineData("2022-01-03 12:21")]
    [InlineData("2022-01-03T12:21:00Z")]
    [InlineData("2022/1/3 0:00:00")]
    [InlineData("2022年01月03日 星期一")]
    [InlineData("2022/01/03（周一）")]
    [InlineData("1月3日")]
    [InlineData("1月3日晚")]
    [InlineData("一月三日上午")]
    public void Parse_DayInAnyWriting_IsThatDay(string typed) => LooseDate.Parse(typed, Reference).Value.ShouldBe(new DateOnly(2022, 1, 3));

    [Theory]
    [InlineData("12月30日", 2021, 12, 30)]
    [InlineData("6月30日", 2022, 6, 30)]
    [InlineData("9月17日", 2021, 9, 17)]
    [InlineData("十二月三十一日", 2021, 12, 31)]
    public void Parse_DayWithoutYear_IsTheOneNearestToTheReference(string typed, int year, int month, int day) =>
        LooseDate.Parse(typed, Reference).Value.ShouldBe(new DateOnly(year, month, day));

    [Theory]
    [InlineData("中秋节当天", "text.date.relative")]
    [InlineData("昨天", "text.date.relative")]
    [InlineData("本周五", "text.date.relative")]
    [InlineData("9月17日至今", "text.date.span")]
    [InlineData("1月3日-1月5日", "text.date.unreadable")]
    [InlineData("22-1-3", "text.date.year")]
    [InlineData("22年1月3日", "text.date.year")]
    [InlineData("220103", "text.date.year")]
    [InlineData("1/4", "text.date.ambiguous")]
    [InlineData("03/01/2022", "text.date.ambiguous")]
    [InlineData("2022年1月", "text.date.incomplete")]
    [InlineData("2022-1", "text.date.incomplete")]
    [InlineData("1月", "text.date.incomplete")]
    [InlineData("2022-02-30", "text.date.impossible")]
    [InlineData("20221301", "text.date.impossible")]
    [InlineData("13月1日", "text.date.impossible")]
    [InlineData("99999999", "text.date.impossible")]
    [InlineData("99999", "text.date.unreadable")]
    [InlineData("不详", "text.date.unreadable")]
    [InlineData("", "text.date.empty")]
    public void Parse_NoOneDay_IsRefusedWithCode(string typed, string code) => LooseDate.Parse(typed, Reference).Error.Code.ShouldBe(code);
}
