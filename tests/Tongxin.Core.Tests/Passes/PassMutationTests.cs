using Shouldly;
using Tongxin.Core.Passes;
using Xunit;
using static Tongxin.Core.Tests.Passes.Make;

namespace Tongxin.Core.Tests.Passes;

/// <summary>Every byte of a pass takes every other value, in each of its three skins. None is accepted, none throws.</summary>
public class PassMutationTests
{
    private static readonly string Text = Issue();

    [Fact]
    public void Text_EveryCharacterEveryOtherValue_IsRefused()
    {
        using var reader = new PassReader(Trust);
        var characters = Text.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            var was = characters[i];
            for (var other = (char)0; other < 256; other++)
            {
                if (other == was) continue;
                characters[i] = other;
                reader.Read(new string(characters), RevocationList.Empty, Now).ShouldBeOfType<PassReading.Refused>($"character {i} as {(int)other}");
            }

            characters[i] = was;
        }
    }

    [Fact]
    public void Stream_EveryByteEveryOtherValue_IsRefused() =>
        EveryOther(Base45.Decode(Text.AsSpan(PassLimits.Prefix.Length))!, bytes => PassLimits.Prefix + Base45.Encode(bytes));

    /// <summary>As somebody would who mends the checksum: only structure and signature stand against it.</summary>
    [Fact]
    public void Message_EveryByteEveryOtherValueUnderAGoodChecksum_IsRefused() => EveryOther(Message(Text), bytes => Wrap(bytes));

    [Fact]
    public void Text_EveryCut_IsRefused()
    {
        for (var i = 0; i < Text.Length; i++)
        {
            FaultOf(Text[..i]).ShouldNotBeNull();
            FaultOf(Text.Remove(i, 1)).ShouldNotBeNull();
            FaultOf(Text.Insert(i, Text[i].ToString())).ShouldNotBeNull();
        }
    }

    private static void EveryOther(byte[] bytes, Func<byte[], string> text)
    {
        using var reader = new PassReader(Trust);
        reader.Read(text(bytes), RevocationList.Empty, Now).ShouldBeOfType<PassReading.Valid>();
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var change = 1; change < 256; change++)
            {
                bytes[i] ^= (byte)change;
                if (reader.Read(text(bytes), RevocationList.Empty, Now) is not PassReading.Refused) Assert.Fail($"byte {i} changed by {change:x2} is accepted");
                bytes[i] ^= (byte)change;
            }
        }
    }
}
