using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Text;
using Xunit;

namespace Tongxin.Core.Tests.Text;

public sealed class TextFoldTests
{
    // A report as it reached us: traditional, full width, with inline pinyin and doubled commas.
    [Theory]
    [InlineData("進(jìn)一步，，加強(qiáng)疫情防控", "进一步,加强疫情防控")]
    [InlineData("王(wang)小明", "王小明")]
    [InlineData("進（ｊìｎ）一步", "进一步")]
    [InlineData("北区(abc)", "北区(abc)")]
    [InlineData("ＡＢＣ　１２３", "abc 123")]
    [InlineData("  a \t\r\n b ", "a b")]
    [InlineData("王　小 明", "王小明")]
    [InlineData("自 己的战 斗员", "自己的战斗员")]
    [InlineData("沁园 3#2-101", "沁园3#2-101")]
    [InlineData("沁園３＃２－１０１", "沁园3#2-101")]
    [InlineData("\u2F00\u2F49", "一月")]
    [InlineData("Å\u212B\u0130", "aai")]
    [InlineData("王\u200B小\uFEFF明\u00AD", "王小明")]
    [InlineData("3.5，3．5", "3.5,3.5")]
    [InlineData(null, "")]
    [InlineData(" \u3000\u200B", "")]
    public void ForSearch_WhatPeopleType_IsFoldedToOneForm(string? typed, string expected) => TextFold.ForSearch(typed).ShouldBe(expected);

    [Theory]
    [InlineData("买买提·艾力")]
    [InlineData("买买提•艾力")]
    [InlineData("买买提‧艾力")]
    [InlineData("买买提・艾力")]
    [InlineData("买买提.艾力")]
    [InlineData("买买提．艾力")]
    [InlineData("买买提 · 艾力")]
    [InlineData("買買提･艾力")]
    public void ForSearch_AnyMiddleDot_IsOne(string name) => TextFold.ForSearch(name).ShouldBe("买买提·艾力");

    [Theory]
    [InlineData("王小明")]
    [InlineData("邓")]
    [InlineData("𠮷田")]
    [InlineData("䶮")]
    [InlineData("歐陽進")]
    [InlineData("买买提•艾力")]
    [InlineData("阿卜杜热合曼·麦麦提图尔逊·阿卜杜克热木·吐尔逊托合提喀迪尔")]
    [InlineData("葛󠄀城")]
    [InlineData("Alice Smith")]
    [InlineData("=HYPERLINK(\"http://example.org\")")]
    public void Clean_LegalText_IsStoredExactly(string text) => TextFold.Clean(text).ShouldBe(text);

    [Theory]
    [InlineData("　王小明 ", "王小明")]
    [InlineData("王\u00A0\u00A0小", "王 小")]
    [InlineData("Ａ座１０１", "A座101")]
    [InlineData("（甲）", "（甲）")]
    [InlineData("王\u200B小\0明\uFEFF", "王小明")]
    [InlineData("一\r\n二", "一 二")]
    public void Clean_InvisibleAndWide_IsRepaired(string typed, string stored) => TextFold.Clean(typed).ShouldBe(stored);

    // Not a theory: an attribute cannot hold half a pair.
    [Fact]
    public void BothFolds_HalfAPair_IsRemovedAndWholePairsStay()
    {
        TextFold.ForSearch("王小明\uD800").ShouldBe("王小明");
        TextFold.Clean("𠮷\uD842").ShouldBe("𠮷");
    }

    [Fact]
    public void Clean_NothingToDo_AllocatesNothing()
    {
        const string Name = "王小明 3-2-101";

        TextFold.Clean(Name).ShouldBeSameAs(Name);
    }

    [Fact]
    public void ForSearch_AnyText_IsIdempotentAndWhole() => Prop.ForAll(AnyText.Arbitrary, text =>
    {
        var once = TextFold.ForSearch(text);
        return TextFold.ForSearch(once) == once && AnyText.IsWellFormed(once);
    }).Check(AnyText.Many);

    [Fact]
    public void Clean_AnyText_IsIdempotentAndWhole() => Prop.ForAll(AnyText.Arbitrary, text =>
    {
        var once = TextFold.Clean(text);
        return TextFold.Clean(once) == once && AnyText.IsWellFormed(once) && TextFold.ForSearch(once) == TextFold.ForSearch(text);
    }).Check(AnyText.Many);

    [Fact]
    public void ForSearch_EveryCharacterAlone_IsFoldedOnceAndForAll()
    {
        for (var unit = 1; unit <= char.MaxValue; unit++)
        {
            var once = TextFold.ForSearch(((char)unit).ToString());

            TextFold.ForSearch(once).ShouldBe(once, $"U+{unit:X4}");
        }
    }
}
