using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Passes;
using Xunit;

namespace Tongxin.Core.Tests.Passes;

public class Base45Tests
{
    [Theory]
    [InlineData("AB", "BB8")]
    [InlineData("Hello!!", "%69 VD92EX0")]
    [InlineData("base-45", "UJCLQE7W581")]
    [InlineData("ietf!", "QED8WEX0")]
    [InlineData("", "")]
    public void Encode_ExamplesOfTheRfc_AreMetBothWays(string plain, string text)
    {
        Base45.Encode(Encoding.ASCII.GetBytes(plain)).ShouldBe(text);
        Base45.Decode(text).ShouldBe(Encoding.ASCII.GetBytes(plain));
    }

    [Theory]
    [InlineData("GGX")] // 65536
    [InlineData(":::")]
    [InlineData("V5")] // 256
    [InlineData("A")]
    [InlineData("BB8A")]
    [InlineData("bb8")]
    [InlineData("BB\n")]
    [InlineData("BBé")]
    [InlineData("BB陈")]
    public void Decode_NothingHasThisText_IsNull(string text) => Base45.Decode(text).ShouldBeNull();

    [Fact]
    public void Decode_LargestPair_IsRead() => Base45.Decode("FGW").ShouldBe([0xFF, 0xFF]);

    [Fact]
    public void Encode_AnyBytes_ComeBack() => Prop.ForAll<byte[]>(bytes => Base45.Decode(Base45.Encode(bytes))!.SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Decode_TwoTexts_NeverGiveTheSameBytes()
    {
        var random = new Random(45);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[random.Next(45)])]);
            if (Base45.Decode(text) is { } bytes) Base45.Encode(bytes).ShouldBe(text);
        }
    }
}
