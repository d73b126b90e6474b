using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Text;
using Xunit;

namespace Tongxin.Core.Tests.Text;

public sealed class RoomAddressTests
{
    [Theory]
    [InlineData("3栋2单元101", "3-2-101")]
    [InlineData("3-2-101", "3-2-101")]
    [InlineData("3号楼二单元101室", "3-2-101")]
    [InlineData("３栋２单元１０１", "3-2-101")]
    [InlineData("三棟二單元一〇一號", "3-2-101")]
    [InlineData("3 栋 2 单元 101 室", "3-2-101")]
    [InlineData("第3幢2门101", "3-2-101")]
    [InlineData("03栋02单元0101", "3-2-101")]
    [InlineData("3栋2单元10楼1001", "3-2-1001")]
    [InlineData("3栋2单元1层101户", "3-2-101")]
    [InlineData("3栋101号", "3-101")]
    [InlineData("3号101", "3-101")]
    [InlineData("3栋2单元5号", "3-2-5")]
    [InlineData("3号楼5楼501", "3-501")]
    [InlineData("3栋西单元101", "3-西-101")]
    [InlineData("3号楼2单元东户", "3-2-东")]
    [InlineData("10号楼甲单元502", "10-甲-502")]
    [InlineData("5-2-4", "5-2-4")]
    [InlineData("西12舍 305", "西12-305")]
    [InlineData("西十二舍305", "西12-305")]
    [InlineData("学12楼A305-2床", "学12-A305-2床")]
    [InlineData("学12楼A305-2", "学12-A305-2床")]
    [InlineData("12-305-2", "12-305-2床")]
    [InlineData("A座1203", "A-1203")]
    [InlineData("甲栋203", "甲-203")]
    [InlineData("百合楼305", "百合-305")]
    public void Parse_WaysToWriteARoom_GiveOneLabel(string typed, string label)
    {
        var address = RoomAddress.Parse(typed);

        address.IsFailure.ShouldBeFalse(typed);
        address.Value.Label.ShouldBe(label);
        address.Value.Place.ShouldBeNull();
    }

    [Theory]
    [InlineData("沁园 3#2-101", "沁园", "3-2-101")]
    [InlineData("沁园3#2-101", "沁园", "3-2-101")]
    [InlineData("沁园小区3号楼2单元101室", "沁园小区", "3-2-101")]
    [InlineData("沁园-3-2-101", "沁园", "3-2-101")]
    [InlineData("兴庆校区 西12舍 305", "兴庆校区", "西12-305")]
    [InlineData("某某大学兴庆校区西12舍305室2号床", "某某大学兴庆校区", "西12-305-2床")]
    [InlineData("学生公寓12号楼305", "学生公寓", "12-305")]
    [InlineData("5号院3号楼101", "5号院", "3-101")]
    [InlineData("B区12栋3-402", "B区", "12-3-402")]
    [InlineData("南区12号楼 3单元 402", "南区", "12-3-402")]
    public void Parse_EstateNamedFirst_IsKeptApart(string typed, string place, string label)
    {
        var address = RoomAddress.Parse(typed).Value;

        address.Place.ShouldBe(place);
        address.Label.ShouldBe(label);
        RoomAddress.Parse(address.FullLabel).Value.ShouldBe(address);
    }

    [Theory]
    [InlineData("", "text.room.empty")]
    [InlineData("　", "text.room.empty")]
    [InlineData("101", "text.room.building")]
    [InlineData("101室", "text.room.building")]
    [InlineData("3栋2单元", "text.room.room")]
    [InlineData("3栋", "text.room.room")]
    [InlineData("3-101-102", "text.room.ambiguous")]
    [InlineData("12舍5-2", "text.room.ambiguous")]
    [InlineData("3栋4栋101", "text.room.ambiguous")]
    [InlineData("3栋2单元101-1", "text.room.ambiguous")]
    [InlineData("3栋2单元101、102", "text.room.ambiguous")]
    [InlineData("商铺12", "text.room.building")]
    [InlineData("1-2-3-4-5", "text.room.ambiguous")]
    public void Parse_PartMissingOrTwoReadings_IsRefusedWithCode(string typed, string code) =>
        RoomAddress.Parse(typed).Error.Code.ShouldBe(code);

    [Theory]
    [InlineData("3", "2", "101", null, "3-2-101")]
    [InlineData("3栋", "二单元", "101室", null, "3-2-101")]
    [InlineData("西12舍", "", "305", "2号床", "西12-305-2床")]
    [InlineData("3", null, "2-101", null, "3-2-101")]
    [InlineData("3栋", "2", "3-2-101", null, "3-2-101")]
    [InlineData(null, null, "3-2-101", null, "3-2-101")]
    public void FromColumns_WithOrWithoutMeasureWords_GivesOneLabel(string? building, string? entrance, string? room, string? bed, string label) =>
        RoomAddress.FromColumns(building, entrance, room, bed).Value.Label.ShouldBe(label);

    [Theory]
    [InlineData("3", "2", "", "text.room.room")]
    [InlineData("", "2", "101", "text.room.building")]
    [InlineData("", "", "", "text.room.empty")]
    [InlineData("5", "", "3-2-101", "text.room.ambiguous")]
    public void FromColumns_PartMissingOrContradicted_IsRefusedWithCode(string building, string entrance, string room, string code) =>
        RoomAddress.FromColumns(building, entrance, room).Error.Code.ShouldBe(code);

    [Fact]
    public void SortKey_NumbersOfDifferentLength_SortNaturally()
    {
        string[] inOrder = ["3-1-901", "3-1-1001", "3-2-101", "10-1-101", "西2-305-2床", "西2-305-10床", "西12-101"];

        var sorted = inOrder.Reverse().Select(label => RoomAddress.Parse(label).Value).OrderBy(a => a.SortKey, StringComparer.Ordinal);

        sorted.Select(a => a.Label).ShouldBe(inOrder);
    }

    [Fact]
    public void Label_OfAnyAddress_IsReadBack()
    {
        var addresses =
            from prefix in Gen.Elements("", "西", "学", "A")
            from building in Gen.Choose(1, 99)
            from entrance in Gen.Choose(0, 12)
            from wing in Gen.Elements("", "A", "B")
            from room in Gen.Choose(101, 3399)
            from bed in Gen.Choose(0, 8)
            select new RoomAddress($"{prefix}{building}", entrance == 0 ? null : $"{entrance}", $"{wing}{room}", bed == 0 ? null : $"{bed}");

        Prop.ForAll(addresses.ToArbitrary(), address => RoomAddress.Parse(address.Label).Value == address).QuickCheckThrowOnFailure();
    }
}
