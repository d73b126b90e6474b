using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Text;
using Xunit;

namespace Tongxin.Core.Tests.Text;

public sealed class ReadersTests
{
    private static readonly DateOnly Today = new(2022, 1, 3);

    [Fact]
    public void EveryReader_AnyText_NeverThrows() => Prop.ForAll(AnyText.Arbitrary, text =>
    {
        _ = Pinyin.Initials(text);
        _ = Pinyin.Full(text);
        _ = Pinyin.SortKey(text);
        _ = IdentityNumber.Parse(text, Today);
        foreach (var kind in Enum.GetValues<IdentityDocumentKind>()) _ = IdentityDocument.Parse(text, Today, kind);
        _ = IdentityDocument.Parse(text, Today);
        _ = PhoneNumber.Parse(text);
        _ = RoomAddress.Parse(text);
        _ = RoomAddress.FromColumns(text, text, text, text);
        _ = LooseDate.Parse(text, Today);
        _ = Approximate.Parse(text);
        _ = Mask.Name(text) + Mask.Phone(text) + Mask.Identity(text);
        _ = LooseChoice.Sex(text);
        _ = LooseChoice.YesNo(text);
        _ = LooseChoice.HousingUse(text);
        return true;
    }).Check(AnyText.Many);

    [Theory]
    [InlineData("男", Sex.Male)]
    [InlineData(" Ｍ ", Sex.Male)]
    [InlineData("1", Sex.Male)]
    [InlineData("女", Sex.Female)]
    [InlineData("f", Sex.Female)]
    [InlineData("２", Sex.Female)]
    [InlineData("其他", null)]
    [InlineData("", null)]
    public void Sex_OwnWords_AreRead(string typed, Sex? sex) => LooseChoice.Sex(typed).ShouldBe(sex);

    [Theory]
    [InlineData("是", true)]
    [InlineData("√", true)]
    [InlineData("有", true)]
    [InlineData("Ｙ", true)]
    [InlineData("否", false)]
    [InlineData("无", false)]
    [InlineData("無", false)]
    [InlineData("N", false)]
    [InlineData("x", null)]
    [InlineData("不详", null)]
    public void YesNo_OwnWords_AreRead(string typed, bool? answer) => LooseChoice.YesNo(typed).ShouldBe(answer);

    [Theory]
    [InlineData("自住", HousingUse.OwnerOccupied)]
    [InlineData("出租", HousingUse.Rented)]
    [InlineData("空置", HousingUse.Vacant)]
    [InlineData("？", null)]
    public void HousingUse_OwnWords_AreRead(string typed, HousingUse? use) => LooseChoice.HousingUse(typed).ShouldBe(use);

    [Theory]
    [InlineData("3000余份", 3000, ApproximateKind.MoreThan, "份")]
    [InlineData("1500余份", 1500, ApproximateKind.MoreThan, "份")]
    [InlineData("逾134万元", 1340000, ApproximateKind.MoreThan, "元")]
    [InlineData("95万余件", 950000, ApproximateKind.MoreThan, "件")]
    [InlineData("近8吨", 8, ApproximateKind.Nearly, "吨")]
    [InlineData("约1.5万人次", 15000, ApproximateKind.About, "人次")]
    [InlineData("三千多户", 3000, ApproximateKind.MoreThan, "户")]
    [InlineData("“1200”", 1200, ApproximateKind.Exact, "")]
    [InlineData("1,200人", 1200, ApproximateKind.Exact, "人")]
    [InlineData("50人左右", 50, ApproximateKind.About, "人")]
    [InlineData("300千克", 300, ApproximateKind.Exact, "千克")]
    public void Approximate_ReportedFigure_KeepsQualifierAndUnit(string typed, int value, ApproximateKind kind, string unit) =>
        Approximate.Parse(typed).Value.ShouldBe(new Approximate(value, kind, unit));

    [Theory]
    [InlineData("数百人", "text.number.unreadable")]
    [InlineData("3人5户", "text.number.unreadable")]
    [InlineData(" ", "text.number.empty")]
    public void Approximate_NoSingleFigure_IsRefusedWithCode(string typed, string code) => Approximate.Parse(typed).Error.Code.ShouldBe(code);
}
