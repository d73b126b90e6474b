using System.Formats.Cbor;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;
using Xunit;
using static Tongxin.Core.Tests.Passes.Make;

namespace Tongxin.Core.Tests.Passes;

public class PassReaderTests
{
    [Fact]
    public void Read_GoodPass_GivesWhatWasIssued()
    {
        var valid = Read(Issue()).ShouldBeOfType<PassReading.Valid>();

        valid.Pass.ShouldBe(Pass());
        valid.Key.ShouldBe(KeyId.Of(PassKey));
    }

    [Fact]
    public void Read_NoProtocol_HasNoColour()
    {
        var pass = Pass() with { Colour = Colour.None, Reason = PassReason.NoProtocol, Edition = null, Photo = null };

        Read(Issue(pass)).ShouldBeOfType<PassReading.Valid>().Pass.ShouldBe(pass);
    }

    [Fact]
    public void Read_AnyPass_RoundTrips()
    {
        var names = Gen.Elements("陈＊明", "J＊＊h", "𠮷＊", "ß", "买＊＊力");
        var passes = from colour in Gen.Elements(Colour.Green, Colour.Grey, Colour.Yellow, Colour.Red)
                     from reason in Gen.Elements(Enum.GetValues<PassReason>())
                     from name in names
                     from bytes in Gen.Choose(0, 255).ArrayOf(16)
                     from photo in Gen.Elements<PhotoHash?>(null, PhotoHash.Of("x"u8))
                     from life in Gen.Choose(1, 7 * 86400)
                     select Pass() with
                     {
                         Colour = colour,
                         Reason = reason,
                         Name = name,
                         Reference = new Guid([.. bytes.Select(b => (byte)b)]),
                         Photo = photo,
                         IssuedAt = Now,
                         ExpiresAt = Now.AddSeconds(life),
                     };

        Prop.ForAll(passes.ToArbitrary(), pass => Read(Issue(pass)) is PassReading.Valid valid && valid.Pass == pass).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Issue_LongestContent_FitsTheLimits()
    {
        var text = Issue(Pass() with { Name = new string('陈', PassLimits.MaxName), Issuer = new string('园', PassLimits.MaxWord), Edition = new string('版', PassLimits.MaxWord) });

        text.Length.ShouldBeLessThan(PassLimits.MaxText);
        Read(text).ShouldBeOfType<PassReading.Valid>();
    }

    [Theory]
    [InlineData(0, 22, 59, 59, null)]
    [InlineData(0, 23, 0, 0, PassFault.Expired)]
    [InlineData(0, 23, 0, 1, PassFault.Expired)]
    [InlineData(0, -1, -5, 0, null)] // issued five minutes after this clock's now
    [InlineData(0, -1, -5, -1, PassFault.NotYetValid)]
    public void Read_AtTheEdgesOfItsTime_IsExactToTheSecond(int days, int hours, int minutes, int seconds, PassFault? fault) =>
        FaultOf(Issue(), now: Now + new TimeSpan(days, hours, minutes, seconds)).ShouldBe(fault);

    [Fact]
    public void Read_ExpiredOrTooEarly_StillSaysWhoseItIs() =>
        Read(Issue(), now: Now.AddDays(2)).ShouldBeOfType<PassReading.Refused>().Pass!.Name.ShouldBe("陈＊明");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("HC1:NCFOXN")]
    [InlineData("tx1:ABC")]
    [InlineData(" TX1:ABC")]
    [InlineData("https://example.org")]
    public void Read_OtherCodes_AreNoPass(string? text) => FaultOf(text).ShouldBe(PassFault.NotAPass);

    [Fact]
    public void Read_Oversized_IsRefusedUnread() => FaultOf(PassLimits.Prefix + new string('0', PassLimits.MaxText)).ShouldBe(PassFault.TooLarge);

    [Fact]
    public void Read_OneMoreCharacter_IsRefused()
    {
        foreach (var tail in new[] { " ", "\n", "0", "00", "000" }) FaultOf(Issue() + tail).ShouldBeOneOf(PassFault.BadEncoding, PassFault.BadCompression);
    }

    [Fact]
    public void Read_DeflatedOrTrailing_IsNotTheOneStream()
    {
        using var deflated = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(deflated, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(Message(Issue()));
        FaultOf(PassLimits.Prefix + Base45.Encode(deflated.ToArray())).ShouldBe(PassFault.BadCompression);

        var trailing = Base45.Decode(Issue().AsSpan(PassLimits.Prefix.Length))!.Append((byte)0).ToArray();
        FaultOf(PassLimits.Prefix + Base45.Encode(trailing)).ShouldBe(PassFault.BadCompression);
    }

    [Fact]
    public void Read_UnknownKey_IsNamed() => FaultOf(Issue(key: Key("a stranger"))).ShouldBe(PassFault.UnknownKey);

    [Fact]
    public void Read_KeyOnAnotherCurveOrNoKey_IsUnknown()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);

        FaultOf(Issue(), TrustOf(Entry(other), new TrustedKey(KeyUse.Passes, new byte[] { 1, 2, 3 }, Now, Now.AddDays(1)))).ShouldBe(PassFault.UnknownKey);
        Es256.Import(other.ExportSubjectPublicKeyInfo()).ShouldBeNull();
        Es256.Import(new byte[] { 1, 2, 3 }).ShouldBeNull();
    }

    [Fact]
    public void Read_KeyForLists_SignsNoPass() => FaultOf(Issue(key: ListKey)).ShouldBe(PassFault.UnknownKey);

    [Theory]
    [InlineData(-10, 1, null)]
    [InlineData(-10, 0, PassFault.KeyEnded)]
    [InlineData(300, 900, null)] // begins within the tolerance
    [InlineData(301, 900, PassFault.UnknownKey)]
    public void Read_KeysHaveTimes_ToTheSecond(int from, int until, PassFault? fault) =>
        FaultOf(Issue(), TrustOf(Entry(PassKey, from: Now.AddSeconds(from), until: Now.AddSeconds(until)))).ShouldBe(fault);

    [Fact]
    public void Read_AlgorithmNoneOrOther_IsRefused()
    {
        byte[] kid = new byte[8];
        KeyId.Of(PassKey).Write(kid);
        foreach (var header in new byte[][] { [0xA1, 0x04, 0x48, .. kid], [0xA2, 0x01, 0x00, 0x04, 0x48, .. kid], [0xA2, 0x01, 0x64, .. "none"u8, 0x04, 0x48, .. kid], [0xA2, 0x01, 0x38, 0x22, 0x04, 0x48, .. kid], [0xA0] })
        {
            byte[] message = [0xD2, 0x84, (byte)(0x40 | header.Length), .. header, 0xA0, 0x41, 0x00, 0x58, 0x40, .. new byte[64]];
            FaultOf(Wrap(message)).ShouldBe(PassFault.WrongAlgorithm);
        }
    }

    [Fact]
    public void Read_OtherSignatureOfTheSamePair_IsRefused()
    {
        var message = Message(Issue());
        var n = new System.Numerics.BigInteger(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);
        var s = n - new System.Numerics.BigInteger(message.AsSpan(^32..), isUnsigned: true, isBigEndian: true);
        var other = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        message.AsSpan(^32..).Clear();
        other.CopyTo(message.AsSpan(message.Length - other.Length));

        FaultOf(Wrap(message)).ShouldBe(PassFault.BadSignature);
    }

    [Fact]
    public void Read_SignedButNoClaims_IsBadStructure()
    {
        var cases = new List<byte[]> { Array.Empty<byte>(), new byte[] { 0xA0 }, new byte[] { 0x80 }, new byte[] { 0xFF }, "text"u8.ToArray() };
        foreach (var (key, value) in new (int, object)[] { (1, "extra"), (6, 1L) })
        {
            var writer = new CborWriter(CborConformanceMode.Lax);
            writer.WriteStartMap(1);
            writer.WriteInt32(key);
            if (value is string text) writer.WriteTextString(text);
            else writer.WriteInt64((long)value);
            writer.WriteEndMap();
            cases.Add(writer.Encode());
        }

        foreach (var payload in cases) FaultOf(Signed(payload)).ShouldBe(PassFault.BadStructure);
    }

    [Fact]
    public void Read_SignedLifeOfEightDays_IsBadStructure() => FaultOf(Signed(Claims(life: 8 * 86400))).ShouldBe(PassFault.BadStructure);

    [Fact]
    public void Read_SignedNameThatTurnsTheWriting_IsBadStructure() => FaultOf(Signed(Claims(name: "陈\u202E明"))).ShouldBe(PassFault.BadStructure);

    [Fact]
    public void Read_SignedColourWithoutEdition_IsBadStructure() => FaultOf(Signed(Claims(edition: null))).ShouldBe(PassFault.BadStructure);

    [Fact]
    public void Issue_WhatNoReaderAccepts_IsABug()
    {
        Should.Throw<ArgumentException>(() => Issue(Pass() with { ExpiresAt = Now.AddDays(30) }));
        Should.Throw<ArgumentException>(() => Issue(Pass() with { Name = "" }));
        Should.Throw<ArgumentException>(() => Issue(Pass() with { Edition = null }));
        Should.Throw<ArgumentException>(() => Issue(Pass() with { IssuedAt = Now.AddMilliseconds(1) }));
    }

    [Theory]
    [InlineData("陈小明", "陈＊明")]
    [InlineData("陈明", "陈＊")]
    [InlineData("陈", "陈")]
    [InlineData("欧阳小明", "欧＊＊明")]
    [InlineData("买买提·艾力江", "买＊＊江")]
    [InlineData("𠮷小明", "𠮷＊明")]
    [InlineData(" ", "")]
    public void ShortName_ShowsTheEnds(string name, string shown) => ShortName.Of(name).ShouldBe(shown);

    internal static byte[] Claims(string name = "陈＊明", string? edition = "CN-COVID-9", long life = 86400, int colour = 1)
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(5);
        writer.WriteInt32(1);
        writer.WriteTextString("qinyuan");
        writer.WriteInt32(4);
        writer.WriteInt64(Now.ToUnixTimeSeconds() + life);
        writer.WriteInt32(6);
        writer.WriteInt64(Now.ToUnixTimeSeconds());
        writer.WriteInt32(7);
        writer.WriteByteString(new byte[16]);
        writer.WriteInt32(-65537);
        writer.WriteStartMap(edition is null ? 3 : 4);
        writer.WriteInt32(1);
        writer.WriteTextString(name);
        writer.WriteInt32(2);
        writer.WriteInt32(colour);
        writer.WriteInt32(3);
        writer.WriteInt32(1);
        if (edition is not null)
        {
            writer.WriteInt32(4);
            writer.WriteTextString(edition);
        }

        writer.WriteEndMap();
        writer.WriteEndMap();
        return writer.Encode();
    }
}
