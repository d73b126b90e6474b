using System.Security.Cryptography;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;

namespace Tongxin.Benchmarks.Passes;

/// <summary>A full pass, a key and a list that trusts it.</summary>
internal static class SamplePass
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    public static Pass Of(int number) => new()
    {
        Issuer = "qinyuan",
        Reference = new Guid(number, 1, 2, [1, 2, 3, 4, 5, 6, 7, 8]),
        Name = "陈＊明",
        Colour = Colour.Green,
        Reason = PassReason.Clear,
        Edition = "CN-COVID-9",
        Photo = PhotoHash.Of("photo"u8),
        IssuedAt = Now,
        ExpiresAt = Now.AddDays(1),
    };

    public static TrustList Trust(ECDsa key) => new("qinyuan", 1, Now,
        [new TrustedKey(KeyUse.Passes, key.ExportSubjectPublicKeyInfo(), Now.AddDays(-1), Now.AddDays(30)), new TrustedKey(KeyUse.Lists, key.ExportSubjectPublicKeyInfo(), Now.AddDays(-1), Now.AddDays(30))]);
}
