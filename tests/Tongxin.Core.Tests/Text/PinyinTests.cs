using Shouldly;
using Tongxin.Core.Text;
using Xunit;

namespace Tongxin.Core.Tests.Text;

public sealed class PinyinTests
{
    [Theory]
    [InlineData("欧阳小敏", "oyxm", "ouyangxiaomin")]
    [InlineData("歐陽小敏", "oyxm", "ouyangxiaomin")]
    [InlineData("单小绿", "sxl", "shanxiaolv")]
    [InlineData("單國強", "sgq", "shanguoqiang")]
    [InlineData("解放", "xf", "xiefang")]
    [InlineData("仇英", "qy", "qiuying")]
    [InlineData("曾国藩", "zgf", "zengguofan")]
    [InlineData("区小明", "oxm", "ouxiaoming")]
    [InlineData("尉迟恭", "ycg", "yuchigong")]
    [InlineData("长孙无忌", "zswj", "zhangsunwuji")]
    [InlineData("万俟卨", "mqx", "moqixie")]
    [InlineData("单于小明", "cyxm", "chanyuxiaoming")]
    [InlineData("查良镛", "zly", "zhaliangyong")]
    [InlineData("朴树", "ps", "piaoshu")]
    [InlineData("李乾", "lq", "liqian")]
    [InlineData("小单", "xd", "xiaodan")]
    [InlineData("王A３", "wa3", "wanga3")]
    [InlineData("Alice Smith", "alicesmith", "alicesmith")]
    [InlineData("买买提·艾力", "mmtal", "maimaitiaili")]
    [InlineData("邓", "d", "deng")]
    [InlineData("𠮷", "𠮷", "𠮷")]
    [InlineData("", "", "")]
    [InlineData(null, "", "")]
    public void Name_Spelt_UsesTheSurnamesReading(string? name, string initials, string full)
    {
        Pinyin.Initials(name).ShouldBe(initials);
        Pinyin.Full(name).ShouldBe(full);
    }

    [Fact]
    public void SortKey_OrdinalOrder_IsDictionaryOrder()
    {
        // li2 before li3, a surname's people together, lian after li, lv after lu, Latin by itself.
        string[] inOrder = ["安全", "黎明", "李安", "李伟", "李伟东", "理安", "连安", "鲁迅", "吕布", "单安", "王安", "张伟"];

        inOrder.Reverse().OrderBy(Pinyin.SortKey, StringComparer.Ordinal).ShouldBe(inOrder);
    }

    [Fact]
    public void SortKey_SameReading_DiffersByCharacter() => Pinyin.SortKey("张伟").ShouldNotBe(Pinyin.SortKey("张纬"));
}
