using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Text;
using Xunit;

namespace Tongxin.Core.Tests.Text;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("13912348549")]
    [InlineData("139 1234 8549")]
    [InlineData("139-1234-8549")]
    [InlineData("１３９１２３４８５４９")]
    [InlineData("+86 139 1234 8549")]
    [InlineData("008613912348549")]
    [InlineData("8613912348549")]
    [InlineData("(+86)13912348549")]
    [InlineData("013912348549")]
    [InlineData("13912348549.0")]
    public void Parse_MobileInAnyWriting_IsOneNumber(string typed)
    {
        var phone = PhoneNumber.Parse(typed).Value;

        phone.Value.ShouldBe("13912348549");
        phone.Tail.ShouldBe("8549");
        phone.IsMobile.ShouldBeTrue();
        phone.ToString().ShouldBe("139****8549");
    }

    [Theory]
    [InlineData("029-88886666", "029-88886666", "6666")]
    [InlineData("02988886666", "029-88886666", "6666")]
    [InlineData("(029) 8888 6666", "029-88886666", "6666")]
    [InlineData("+86 29 88886666", "029-88886666", "6666")]
    [InlineData("010-62771234 转 801", "010-62771234-801", "1234")]
    [InlineData("029-88886666-801", "029-88886666-801", "6666")]
    [InlineData("0917-3262626", "0917-3262626", "2626")]
    public void Parse_Landline_IsWrittenWithAreaAndExtension(string typed, string value, string tail)
    {
        var phone = PhoneNumber.Parse(typed).Value;

        phone.Value.ShouldBe(value);
        phone.Tail.ShouldBe(tail);
        phone.IsMobile.ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "text.phone.empty")]
    [InlineData("1.39123E+10", "text.phone.damaged")]
    [InlineData("13912348549/13812348549", "text.phone.several")]
    [InlineData("13912348549 13812348549", "text.phone.several")]
    [InlineData("+1 202 555 0143", "text.phone.foreign")]
    [InlineData("0085291234567", "text.phone.foreign")]
    [InlineData("88886666", "text.phone.area")]
    [InlineData("1391234854", "text.phone.length")]
    [InlineData("139123485491", "text.phone.length")]
    [InlineData("66123", "text.phone.length")]
    [InlineData("12912348549", "text.phone.prefix")]
    [InlineData("139****8549", "text.phone.characters")]
    [InlineData("无", "text.phone.characters")]
    public void Parse_NotOneNumber_IsRefusedWithCode(string typed, string code) => PhoneNumber.Parse(typed).Error.Code.ShouldBe(code);

    [Fact]
    public void Value_OfAnyNumber_IsReadBack() => Prop.ForAll(AnyText.Arbitrary, text =>
    {
        var phone = PhoneNumber.Parse(text);
        return phone.IsFailure || PhoneNumber.Parse(phone.Value.Value).Value == phone.Value;
    }).Check(AnyText.Many);

    [Theory]
    [InlineData("王小明", "王**")]
    [InlineData("王明", "王*")]
    [InlineData("欧阳小敏", "欧阳**")]
    [InlineData("歐陽敏", "歐陽*")]
    [InlineData("欧阳", "欧*")]
    [InlineData("邓", "*")]
    [InlineData("买买提·艾力", "买***")]
    [InlineData("𠮷小明", "𠮷**")]
    [InlineData("Alice Smith", "A***")]
    [InlineData(null, "")]
    public void Mask_Name_ShowsTheSurname(string? name, string masked) => Mask.Name(name).ShouldBe(masked);

    [Theory]
    [InlineData("13912348549", "139****8549")]
    [InlineData("029-88886666", "029-****6666")]
    [InlineData("0917-3262626", "0917-***2626")]
    [InlineData("029-88886666-801", "029-****6666")]
    [InlineData("66123", "*****")]
    public void Mask_Phone_ShowsHeadAndTail(string phone, string masked) => Mask.Phone(phone).ShouldBe(masked);

    [Theory]
    [InlineData("11010519491231002X", "1*************002X")]
    [InlineData("E12345678", "E****5678")]
    [InlineData("1234", "****")]
    public void Mask_Identity_ShowsOneAndFour(string number, string masked) => Mask.Identity(number).ShouldBe(masked);
}
