using System.Formats.Cbor;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;

namespace Tongxin.Core.Tests.Passes;

/// <summary>One text, an instant, and what every verifier must make of it.</summary>
internal sealed record PassVector(string Name, string Text, DateTimeOffset At, string? Fault, ExpectedPass? Pass);

internal sealed record ExpectedPass(
    string Issuer, string Reference, string Name, string Colour, string Reason, string? Edition, string? Photo, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    public static ExpectedPass? Of(Pass? pass) => pass is null ? null : new(
        pass.Issuer, pass.Reference.ToString(), pass.Name, pass.Colour.ToString(), pass.Reason.ToString(), pass.Edition, pass.Photo?.ToString(), pass.IssuedAt, pass.ExpiresAt);
}

/// <summary>A list as fetched by a device that holds the vectors' first list and no revocations.</summary>
internal sealed record ListVector(string Name, string Kind, string Base64, DateTimeOffset At, string? Fault, long? Number);

internal sealed record VectorFile(string About, string First, string Trust, string Revoked, IReadOnlyList<PassVector> Passes, IReadOnlyList<ListVector> Lists);

/// <summary>
/// Makes tests/vectors/passes.json, always the same. The expectations are written here by hand, never taken from a reader.
/// </summary>
internal static class Vectors
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly DateTimeOffset Now = Make.Now;
    private static readonly RepeatableEcdsa OldKey = Key("old"), NewKey = Key("new"), EndedKey = Key("ended"), ListKey = Key("list"), NextListKey = Key("next list");
    private static readonly TrustList First = new("qinyuan", 1, Now.AddDays(-40), [Entry(OldKey), Entry(ListKey, KeyUse.Lists), Entry(EndedKey, until: Now.AddHours(-1))]);

    private static readonly TrustList Trust = new("qinyuan", 2, Now.AddHours(-2),
        [.. First.Keys, Entry(NewKey, from: Now.AddHours(-2)), Entry(NextListKey, KeyUse.Lists), Entry(Key("later"), from: Now.AddHours(1))]);

    private static readonly Guid Withdrawn = Guid.Parse("deadbeef-0000-4000-8000-00000000c0de");

    public static string Path { get; } = System.IO.Path.Combine(Root(), "tests", "vectors", "passes.json");

    public static VectorFile Read() => JsonSerializer.Deserialize<VectorFile>(File.ReadAllText(Path), Options)!;

    public static string Write() => JsonSerializer.Serialize(
        new VectorFile(
            "Passes and lists with what every verifier must make of them. 'first' is the first trust list of a device, 'trust' the one after it, 'revoked' the revocation list; passes are judged with the last two. Written by Tongxin.Core.Tests (Vectors.cs); the keys are computed from words and sign nothing else.",
            Convert.ToBase64String(First.Sign(ListKey)), Convert.ToBase64String(Trust.Sign(ListKey)), Convert.ToBase64String(Revocations(5).Sign(NextListKey)), [.. Passes()], [.. Lists()]),
        Options).Replace("\r\n", "\n") + "\n";

    /// <summary>The same lists with passes bent at random, under a good checksum or under a good signature, and what the server says of each.</summary>
    public static string WriteBent(int count, int seed)
    {
        using var reader = new PassReader(Trust);
        var texts = PassFuzz.Mutants(Message(Issue(Sample())), seed).Take(count).Select(Make.Wrap)
            .Concat(PassFuzz.Mutants(PassReaderTests.Claims(), seed).Take(count).Select(Signed));
        var passes = texts.Select((text, i) => reader.Read(text, RevocationList.Empty, Now) switch
        {
            PassReading.Refused refused => new PassVector($"bent {i}", text, Now, refused.Fault.ToString(), ExpectedPass.Of(refused.Pass)),
            PassReading.Valid valid => new PassVector($"bent {i}", text, Now, null, ExpectedPass.Of(valid.Pass)),
            _ => throw new InvalidOperationException(),
        });
        var file = Read();
        return JsonSerializer.Serialize(file with { Passes = [file.Passes[0], .. passes] }, Options);
    }

    internal static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Tongxin.slnx"))) return folder.FullName;
        throw new InvalidOperationException("Tongxin.slnx was not found above the tests.");
    }

    private static IEnumerable<PassVector> Passes()
    {
        var green = Sample();
        yield return Good("green with photo", green);
        yield return Good("grey, no photo", green with { Colour = Colour.Grey, Reason = PassReason.ProofExpired, Photo = null });
        yield return Good("yellow", green with { Colour = Colour.Yellow, Reason = PassReason.Measure, Edition = "CN-COVID-9+20条" });
        yield return Good("red", green with { Colour = Colour.Red, Reason = PassReason.Measure, Edition = "ANY-1" });
        yield return Good("no protocol, no colour", green with { Colour = Colour.None, Reason = PassReason.NoProtocol, Edition = null, Photo = null });
        yield return Good("no protocol, photo", green with { Colour = Colour.None, Reason = PassReason.NoProtocol, Edition = null });
        yield return Good("signed with the new key", green, NewKey);
        yield return Good("name beyond the first plane", green with { Name = "𠮷＊明" });
        yield return Good("everything at its longest", green with { Name = new string('陈', 24), Issuer = new string('园', 32), Edition = new string('版', 32), ExpiresAt = green.IssuedAt.AddDays(7) });
        yield return Good("its last second", green, at: green.ExpiresAt.AddSeconds(-1));
        yield return Good("issued five minutes from now", green, at: green.IssuedAt.AddMinutes(-5));
        yield return Good("same hour as a withdrawn one", green with { ExpiresAt = Now.AddHours(5), Reference = Guid.Parse("deadbeef-0000-4000-8000-00000000c0df") });

        yield return Known("expired this second", PassFault.Expired, green, at: green.ExpiresAt);
        yield return Known("expired a day ago", PassFault.Expired, green, at: green.ExpiresAt.AddDays(1));
        yield return Known("issued five minutes and a second from now", PassFault.NotYetValid, green, at: green.IssuedAt.AddMinutes(-5).AddSeconds(-1));
        yield return Known("withdrawn", PassFault.Revoked, green with { ExpiresAt = Now.AddHours(5), Reference = Withdrawn });
        yield return Known("withdrawn and expired", PassFault.Expired, green with { ExpiresAt = Now.AddHours(5), Reference = Withdrawn }, at: Now.AddHours(5));

        yield return Bad("key of a stranger", PassFault.UnknownKey, Issue(green, Key("stranger")));
        yield return Bad("key for lists", PassFault.UnknownKey, Issue(green, ListKey));
        yield return Bad("key that begins in an hour", PassFault.UnknownKey, Issue(green, Key("later")));
        yield return Bad("ended key", PassFault.KeyEnded, Issue(green, EndedKey));
        yield return Bad("key that ends this second", PassFault.KeyEnded, Issue(green), Now.AddDays(30));
        yield return Bad("signature of another pass", PassFault.BadSignature, Make.Wrap([.. Message(Issue(green))[..^64], .. Message(Issue(green with { Colour = Colour.Red }))[^64..]]));
        yield return Bad("signature of a list over a pass", PassFault.BadSignature, Make.Wrap(Sign1.Write(OldKey, KeyId.Of(OldKey), Payload(green), SignedList.TrustPurpose)));
        yield return Bad("signature with the other s", PassFault.BadSignature, Make.Wrap(OtherS(Message(Issue(green)))));
        yield return Bad("signature of zeros", PassFault.BadSignature, Make.Wrap([.. Message(Issue(green))[..^64], .. new byte[64]]));
        yield return Bad("signature of 63 bytes", PassFault.BadSignature, Make.Wrap([.. Message(Issue(green))[..^66], 0x58, 63, .. new byte[63]]));
        foreach (var at in new[] { 30, 60, 100, -64, -33, -32, -1 }) yield return Bad($"high bit of byte {at} of the message turned", PassFault.BadSignature, Make.Wrap(Turned(Message(Issue(green)), at)));

        yield return Bad("no algorithm", PassFault.WrongAlgorithm, Make.Wrap(Headed([0xA1, 0x04, 0x48, .. Id()])));
        yield return Bad("algorithm none", PassFault.WrongAlgorithm, Make.Wrap(Headed([0xA2, 0x01, 0x64, .. "none"u8, 0x04, 0x48, .. Id()])));
        yield return Bad("algorithm 0", PassFault.WrongAlgorithm, Make.Wrap(Headed([0xA2, 0x01, 0x00, 0x04, 0x48, .. Id()])));
        yield return Bad("algorithm ES384", PassFault.WrongAlgorithm, Make.Wrap(Headed([0xA2, 0x01, 0x38, 0x22, 0x04, 0x48, .. Id()])));
        yield return Bad("algorithm PS256", PassFault.WrongAlgorithm, Make.Wrap(Headed([0xA2, 0x01, 0x38, 0x24, 0x04, 0x48, .. Id()])));
        yield return Bad("key id of seven bytes", PassFault.BadStructure, Make.Wrap(Headed([0xA2, 0x01, 0x26, 0x04, 0x47, .. Id()[..7]])));
        yield return Bad("no key id", PassFault.BadStructure, Make.Wrap(Headed([0xA1, 0x01, 0x26])));
        yield return Bad("one more protected header", PassFault.BadStructure, Make.Wrap(Headed([0xA3, 0x01, 0x26, 0x03, 0x00, 0x04, 0x48, .. Id()])));
        yield return Bad("something unprotected", PassFault.BadStructure, Make.Wrap([.. Message(Issue(green))[..21], 0xA1, 0x03, 0x00, .. Message(Issue(green))[22..]]));
        yield return Bad("no tag", PassFault.BadStructure, Make.Wrap(Message(Issue(green))[1..]));
        yield return Bad("tag of a MAC", PassFault.BadStructure, Make.Wrap([0xD1, .. Message(Issue(green))[1..]]));
        yield return Bad("tag in a longer form", PassFault.BadStructure, Make.Wrap([0xD8, 0x12, .. Message(Issue(green))[1..]]));
        yield return Bad("array without an end", PassFault.BadStructure, Make.Wrap([0xD2, 0x9F, .. Message(Issue(green))[2..], 0xFF]));
        yield return Bad("one byte after the message", PassFault.BadStructure, Make.Wrap([.. Message(Issue(green)), 0x00]));
        yield return Bad("message cut", PassFault.BadStructure, Make.Wrap(Message(Issue(green))[..^1]));
        yield return Bad("empty message", PassFault.BadStructure, Make.Wrap([]));

        yield return Bad("signed: nothing", PassFault.BadStructure, Signed([]));
        yield return Bad("signed: life of eight days", PassFault.BadStructure, Signed(PassReaderTests.Claims(life: 8 * 86400)));
        yield return Bad("signed: no life", PassFault.BadStructure, Signed(PassReaderTests.Claims(life: 0)));
        yield return Bad("signed: empty name", PassFault.BadStructure, Signed(PassReaderTests.Claims(name: "")));
        yield return Bad("signed: name of 25", PassFault.BadStructure, Signed(PassReaderTests.Claims(name: new string('陈', 25))));
        yield return Bad("signed: name that turns the writing", PassFault.BadStructure, Signed(PassReaderTests.Claims(name: "陈\u202E明")));
        yield return Bad("signed: name with a line end", PassFault.BadStructure, Signed(PassReaderTests.Claims(name: "陈\n明")));
        yield return Bad("signed: colour without edition", PassFault.BadStructure, Signed(PassReaderTests.Claims(edition: null)));
        yield return Bad("signed: edition without colour", PassFault.BadStructure, Signed(PassReaderTests.Claims(colour: 0)));
        yield return Bad("signed: colour 5", PassFault.BadStructure, Signed(PassReaderTests.Claims(colour: 5)));
        yield return Bad("signed: one byte more", PassFault.BadStructure, Signed([.. PassReaderTests.Claims(), 0x00]));
        yield return Bad("signed: text that is not UTF-8", PassFault.BadStructure, Signed(Replaced(PassReaderTests.Claims(name: "AAA"), "AAA"u8, [0x41, 0xFF, 0x41])));
        yield return Bad("signed: number in a longer form", PassFault.BadStructure, Signed(Replaced(PassReaderTests.Claims(), [0x02, 0x01, 0x03, 0x01], [0x02, 0x18, 0x01, 0x03, 0x01])));

        var text = Issue(green);
        yield return Bad("prefix of an EU certificate", PassFault.NotAPass, "HC1:" + text[4..]);
        yield return Bad("prefix in small letters", PassFault.NotAPass, "tx1:" + text[4..]);
        yield return Bad("empty", PassFault.NotAPass, "");
        yield return Bad("a web address", PassFault.NotAPass, "https://example.org/");
        yield return Bad("blank before", PassFault.NotAPass, " " + text);
        yield return Bad("oversized", PassFault.TooLarge, PassLimits.Prefix + new string('0', 1000));
        yield return Bad("one character over the limit", PassFault.TooLarge, PassLimits.Prefix + new string('0', 997));
        yield return Bad("small letters", PassFault.BadEncoding, PassLimits.Prefix + text[4..].ToLowerInvariant());
        yield return Bad("line end after", PassFault.BadEncoding, text + "\n");
        yield return Bad("pair above 65535", PassFault.BadEncoding, PassLimits.Prefix + "GGX");
        yield return Bad("last pair above 255", PassFault.BadEncoding, PassLimits.Prefix + "V5");
        yield return Bad("one character left over", PassFault.BadEncoding, PassLimits.Prefix + "BB8A");
        yield return Bad("prefix alone", PassFault.BadCompression, PassLimits.Prefix);
        yield return Bad("not compressed", PassFault.BadCompression, PassLimits.Prefix + Base45.Encode(Message(text)));
        yield return Bad("deflated", PassFault.BadCompression, PassLimits.Prefix + Base45.Encode(Deflated(Message(text))));
        yield return Bad("zlib bomb of 100,000 zeros", PassFault.BadCompression, PassLimits.Prefix + Base45.Encode(Deflated(new byte[100_000])));
        yield return Bad("checksum wrong", PassFault.BadCompression, PassLimits.Prefix + Base45.Encode(Turned(Stream(text), -1)));
        yield return Bad("header of another level", PassFault.BadCompression, PassLimits.Prefix + Base45.Encode([0x78, 0x9C, .. Stream(text)[2..]]));
        yield return Bad("padding bits set", PassFault.BadCompression, PassLimits.Prefix + Base45.Encode([0x78, 0x01, 0x81, .. Stream(text)[3..]]));
        yield return Bad("one byte after the stream", PassFault.BadCompression, PassLimits.Prefix + Base45.Encode([.. Stream(text), 0x00]));
        yield return Bad("stream cut", PassFault.BadCompression, PassLimits.Prefix + Base45.Encode(Stream(text).AsSpan(..^1)));
    }

    private static IEnumerable<ListVector> Lists()
    {
        yield return List("the next trust list", "trust", Trust.Sign(ListKey), null, 2);
        yield return List("the same again", "trust", First.Sign(ListKey), null, 1);
        yield return List("older than the one held", "trust", (First with { Number = 0 }).Sign(ListKey), PassFault.Expired);
        yield return List("signed by a key that only the new list holds", "trust", Trust.Sign(NextListKey), PassFault.UnknownKey);
        yield return List("signed by a pass key", "trust", Trust.Sign(OldKey), PassFault.UnknownKey);
        yield return List("of another place", "trust", (Trust with { Issuer = "xingqing" }).Sign(ListKey), PassFault.BadStructure);
        yield return List("after the key's end", "trust", Trust.Sign(ListKey), PassFault.KeyEnded, at: Now.AddDays(30));
        yield return List("changed", "trust", Turned(Trust.Sign(ListKey), 60), PassFault.BadSignature);
        yield return List("a revocation list", "trust", Revocations(3).Sign(ListKey), PassFault.BadSignature);
        yield return List("key that ends before it begins", "trust", (Trust with { Keys = [Entry(NewKey, from: Now, until: Now)] }).Sign(ListKey), PassFault.BadStructure);
        yield return List("revocations", "revocation", Revocations(3).Sign(ListKey), null, 3);
        yield return List("no revocations", "revocation", RevocationList.Of("qinyuan", 4, Now, []).Sign(ListKey), null, 4);
        yield return List("a trust list", "revocation", Trust.Sign(ListKey), PassFault.BadSignature);
        yield return List("revocations by a pass key", "revocation", Revocations(3).Sign(OldKey), PassFault.UnknownKey);
        yield return List("revocations out of order", "revocation", SignedList.Sign(ListKey, Unsorted(), SignedList.RevocationPurpose), PassFault.BadStructure);
        yield return List("cut", "revocation", Revocations(3).Sign(ListKey)[..^1], PassFault.BadStructure);
    }

    private static Pass Sample() => Make.Pass();

    private static RepeatableEcdsa Key(string word) => new(SHA256.HashData(Encoding.UTF8.GetBytes("tongxin vectors " + word)));

    private static TrustedKey Entry(ECDsa key, KeyUse use = KeyUse.Passes, DateTimeOffset? from = null, DateTimeOffset? until = null) => Make.Entry(key, use, from, until);

    private static RevocationList Revocations(long number) => RevocationList.Of("qinyuan", number, Now.AddHours(-1),
        Enumerable.Range(0, 40).Select(i => (new Guid(i, 7, 7, new byte[8]), Now.AddHours(5).AddMinutes(i * 30))).Append((Withdrawn, Now.AddHours(5))));

    private static string Issue(Pass pass, ECDsa? key = null) => new PassIssuer(key ?? OldKey).Issue(pass);

    private static string Signed(byte[] payload) => Make.Wrap(Sign1.Write(OldKey, KeyId.Of(OldKey), payload, []));

    private static byte[] Message(string text) => Make.Message(text);

    private static byte[] Stream(string text) => Base45.Decode(text.AsSpan(PassLimits.Prefix.Length))!;

    private static byte[] Payload(Pass pass) => Sign1.Read(Message(Issue(pass))).Parts!.Payload.ToArray();

    private static byte[] Id()
    {
        var id = new byte[KeyId.Length];
        KeyId.Of(OldKey).Write(id);
        return id;
    }

    private static byte[] Headed(byte[] header) => [0xD2, 0x84, (byte)(0x40 | header.Length), .. header, 0xA0, 0x41, 0x00, 0x58, 0x40, .. new byte[64]];

    private static byte[] Turned(byte[] bytes, int at)
    {
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x80;
        return bytes;
    }

    private static byte[] Replaced(byte[] bytes, ReadOnlySpan<byte> was, byte[] becomes)
    {
        var at = bytes.AsSpan().IndexOf(was);
        return [.. bytes[..at], .. becomes, .. bytes[(at + was.Length)..]];
    }

    private static byte[] OtherS(byte[] message)
    {
        byte[] order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), s = message[^32..];
        for (int i = 31, borrow = 0; i >= 0; i--)
        {
            var difference = order[i] - s[i] - borrow;
            borrow = difference < 0 ? 1 : 0;
            s[i] = (byte)difference;
        }

        return [.. message[..^32], .. s];
    }

    private static byte[] Deflated(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(bytes);
        return stream.ToArray();
    }

    private static byte[] Unsorted()
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(4);
        writer.WriteInt32(1);
        writer.WriteTextString("qinyuan");
        writer.WriteInt32(6);
        writer.WriteInt64(Now.ToUnixTimeSeconds());
        writer.WriteInt32(-65537);
        writer.WriteInt32(9);
        writer.WriteInt32(-65538);
        writer.WriteStartMap(1);
        writer.WriteInt64(Now.ToUnixTimeSeconds() / 3600);
        writer.WriteByteString([2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
        writer.WriteEndMap();
        writer.WriteEndMap();
        return writer.Encode();
    }

    private static PassVector Good(string name, Pass pass, ECDsa? key = null, DateTimeOffset? at = null) => new(name, Issue(pass, key), at ?? Now, null, ExpectedPass.Of(pass));

    private static PassVector Known(string name, PassFault fault, Pass pass, DateTimeOffset? at = null) => new(name, Issue(pass), at ?? Now, fault.ToString(), ExpectedPass.Of(pass));

    private static PassVector Bad(string name, PassFault fault, string text, DateTimeOffset? at = null) => new(name, text, at ?? Now, fault.ToString(), null);

    private static ListVector List(string name, string kind, byte[] bytes, PassFault? fault, long? number = null, DateTimeOffset? at = null) =>
        new(name, kind, Convert.ToBase64String(bytes), at ?? Now, fault?.ToString(), number);
}
