using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Shouldly;
using Tongxin.Core.Passes;
using Tongxin.Core.Passes.Conformance;
using Xunit;

namespace Tongxin.Core.Tests.Passes;

/// <summary>The judging of published vectors, on vectors made here; those published are held against it by <c>./do verify passes DIR</c>.</summary>
public class ConformanceTests
{
    private static readonly ECDsa SigningKey = Make.Key("a certificate");
    private static readonly DateTimeOffset Issued = new(2021, 5, 3, 18, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Certificate = MakeCertificate(Issued.AddDays(-10), Issued.AddYears(1));
    private static readonly byte[] Right = SHA256.HashData(Certificate)[..8];

    /// <summary>The key id of the protected header decides; the other counts only when that has none.</summary>
    [Theory]
    [InlineData("right", null, true)]
    [InlineData(null, "right", true)]
    [InlineData("right", "right", true)]
    [InlineData("right", "wrong", true)]
    [InlineData("wrong", "right", false)]
    [InlineData(null, "wrong", false)]
    [InlineData(null, null, false)]
    public void Signature_KeyIdInEitherHeader_FollowsTheRule(string? inProtected, string? inUnprotected, bool good)
    {
        byte[] header = [.. Map(inProtected is null ? 1 : 2), 0x01, 0x26, .. Key(inProtected)];
        byte[] open = [.. Map(inUnprotected is null ? 0 : 1), .. Key(inUnprotected)];

        Judge("EXPECTEDVERIFY", Cose(header, open)).Found.ShouldBe(good);
    }

    [Fact]
    public void Signature_AlgorithmUnprotectedAndCwtTag_IsRead()
    {
        byte[] header = [0xA1, .. Key("right")];
        Judge("EXPECTEDVERIFY", [0xD8, 0x3D, .. Cose(header, [0xA1, 0x01, 0x26])]).Found.ShouldBeTrue();
    }

    [Theory]
    [InlineData("2021-05-03T20:00:00+0200", true)]
    [InlineData("2021-05-03T17:59:59Z", false)]
    [InlineData("2021-05-03T18:00:01Z", true)]
    [InlineData("2021-05-04T18:00:01Z", false)]
    public void Clock_BeforeIssueOrAfterExpiry_IsBad(string clock, bool good) =>
        Judge("EXPECTEDEXPIRATIONCHECK", Cose([0xA1, 0x01, 0x26], [0xA0]), clock).Found.ShouldBe(good);

    [Theory]
    [InlineData(-10, 10, true)]
    [InlineData(-20, -10, false)]
    [InlineData(10, 20, false)]
    public void Clock_OutsideTheDatesOfTheCertificate_IsBad(int from, int until, bool good) =>
        Judge("EXPECTEDEXPIRATIONCHECK", Cose([0xA1, 0x01, 0x26], [0xA0]), certificate: MakeCertificate(Issued.AddDays(from), Issued.AddDays(until))).Found.ShouldBe(good);

    [Fact]
    public void Prefix_Encoding_Compression_AreJudgedByWhatFollows()
    {
        var vector = JsonDocument.Parse("""
            { "PREFIX": "HC2:BB8", "BASE45": "BB8", "COMPRESSED": "4142", "COSE": "00", "TESTCTX": {}, "EXPECTEDRESULTS":
              { "EXPECTEDUNPREFIX": false, "EXPECTEDB45DECODE": true, "EXPECTEDCOMPRESSION": false, "EXPECTEDVERIFY": true, "EXPECTEDEXPIRATIONCHECK": true } }
            """).RootElement;

        EuVectors.Judge(vector).ShouldBe([new("prefix", false, false), new("base45", true, true), new("zlib", false, false)]);
    }

    [Fact]
    public void Inflater_Bomb_StopsAtTheLimit()
    {
        using var stream = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(stream, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(new byte[10_000_000]);

        Inflater.Inflate(stream.ToArray()).ShouldBeNull();
        Inflater.Inflate(stream.ToArray(), limit: 10_000_000).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("18ff", "255", null)]
    [InlineData("c349010000000000000000", "-18446744073709551617", null)]
    [InlineData("f98000", "-0.0", null)]
    [InlineData("a201020304", null, "{1: 2, 3: 4}")]
    [InlineData("5f42010243030405ff", null, "(_ h'0102', h'030405')")]
    [InlineData("d818456449455446", null, "24(h'6449455446')")]
    [InlineData("f818", null, "simple(24)")]
    public void Cbor_KnownItems_MeanWhatTheySay(string hex, string? decoded, string? diagnostic)
    {
        var json = $$"""{ "hex": "{{hex}}", "roundtrip": {{(hex[0] == '5' ? "false" : "true")}} {{(decoded is null ? "" : $", \"decoded\": {decoded}")}} {{(diagnostic is null ? "" : $", \"diagnostic\": \"{diagnostic}\"")}} }""";

        CborVectors.Judge(JsonDocument.Parse(json).RootElement).ShouldAllBe(v => v.Agrees);
    }

    private static StepVerdict Judge(string expectation, byte[] cose, string clock = "2021-05-03T18:30:00Z", byte[]? certificate = null) => EuVectors.Judge(JsonDocument.Parse(
        $$"""
        { "COSE": "{{Convert.ToHexString(cose)}}", "TESTCTX": { "CERTIFICATE": "{{Convert.ToBase64String(certificate ?? Certificate)}}", "VALIDATIONCLOCK": "{{clock}}" },
          "EXPECTEDRESULTS": { "{{expectation}}": true } }
        """).RootElement).ShouldHaveSingleItem();

    private static byte[] Cose(byte[] header, byte[] open)
    {
        // {4: 2021-05-04 18:00:00, 6: 2021-05-03 18:00:00, -260: {}}
        byte[] payload = [0xA3, 0x04, 0x1A, 0x60, 0x91, 0x8B, 0xA0, 0x06, 0x1A, 0x60, 0x90, 0x3A, 0x20, 0x39, 0x01, 0x03, 0xA0];
        byte[] signed = [0x84, 0x6A, .. "Signature1"u8, (byte)(0x40 | header.Length), .. header, 0x40, (byte)(0x40 | payload.Length), .. payload];
        return [0xD2, 0x84, (byte)(0x40 | header.Length), .. header, .. open, (byte)(0x40 | payload.Length), .. payload, 0x58, 0x40, .. SigningKey.SignData(signed, HashAlgorithmName.SHA256)];
    }

    private static byte[] Map(int entries) => [(byte)(0xA0 | entries)];

    private static byte[] Key(string? which) => which switch { null => [], "right" => [0x04, 0x48, .. Right], _ => [0x04, 0x43, .. "foo"u8] };

    private static byte[] MakeCertificate(DateTimeOffset from, DateTimeOffset until)
    {
        var request = new CertificateRequest("CN=test", SigningKey, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(from, until);
        return certificate.RawData;
    }
}
