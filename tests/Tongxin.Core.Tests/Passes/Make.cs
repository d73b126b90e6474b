using System.Security.Cryptography;
using System.Text;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;

namespace Tongxin.Core.Tests.Passes;

/// <summary>Passes around one fixed instant, and keys that anybody can compute: they sign nothing outside these tests.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    public static readonly ECDsa PassKey = Key("pass key");
    public static readonly ECDsa ListKey = Key("list key");
    public static readonly TrustList Trust = TrustOf(Entry(PassKey), Entry(ListKey, KeyUse.Lists));

    /// <summary>A private key from a word.</summary>
    public static ECDsa Key(string word) => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = SHA256.HashData(Encoding.UTF8.GetBytes("tongxin test " + word)) });

    public static TrustedKey Entry(ECDsa key, KeyUse use = KeyUse.Passes, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        new(use, key.ExportSubjectPublicKeyInfo(), from ?? Now.AddDays(-30), until ?? Now.AddDays(30));

    public static TrustList TrustOf(params TrustedKey[] keys) => new("qinyuan", 7, Now.AddDays(-1), keys);

    public static Pass Pass() => new()
    {
        Issuer = "qinyuan",
        Reference = Guid.Parse("8d6f2c41-93ab-4e07-b5d8-10c2e7fa3b69"),
        Name = "陈＊明",
        Colour = Colour.Green,
        Reason = PassReason.Clear,
        Edition = "CN-COVID-9",
        Photo = PhotoHash.Of("a photo"u8),
        IssuedAt = Now.AddHours(-1),
        ExpiresAt = Now.AddHours(23),
    };

    public static string Issue(Pass? pass = null, ECDsa? key = null) => new PassIssuer(key ?? PassKey).Issue(pass ?? Pass());

    public static PassReading Read(string? text, TrustList? trust = null, RevocationList? revoked = null, DateTimeOffset? now = null)
    {
        using var reader = new PassReader(trust ?? Trust);
        return reader.Read(text, revoked ?? RevocationList.Empty, now ?? Now);
    }

    public static PassFault? FaultOf(string? text, TrustList? trust = null, RevocationList? revoked = null, DateTimeOffset? now = null) =>
        (Read(text, trust, revoked, now) as PassReading.Refused)?.Fault;

    /// <summary>The COSE message inside a pass.</summary>
    public static byte[] Message(string text) => StoredZlib.Open(Base45.Decode(text.AsSpan(PassLimits.Prefix.Length)))!.Value.ToArray();

    /// <summary>The text of any bytes in the place of the COSE message.</summary>
    public static string Wrap(byte[] message)
    {
        var stream = new byte[message.Length + StoredZlib.Around];
        message.CopyTo(stream.AsSpan(7));
        StoredZlib.Close(stream, message.Length);
        return PassLimits.Prefix + Base45.Encode(stream);
    }

    /// <summary>A pass whose signature is good and whose payload is anything.</summary>
    public static string Signed(byte[] payload) => Wrap(Sign1.Write(PassKey, KeyId.Of(PassKey), payload, []));
}
