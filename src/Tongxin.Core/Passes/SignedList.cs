using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>Lists that devices carry travel in the envelope of a pass, without zlib and base45, each kind under a purpose of its own.</summary>
internal static class SignedList
{
    /// <summary>Bytes of a list. 100,000 revocations take 0.6 MB.</summary>
    public const int MaxLength = 4 << 20;

    private const int IssuerClaim = 1, IssuedAtClaim = 6, NumberClaim = -65537;

    public static ReadOnlySpan<byte> TrustPurpose => "tongxin trust list 1"u8;

    public static ReadOnlySpan<byte> RevocationPurpose => "tongxin revocation list 1"u8;

    /// <summary>The payload when a key for lists that is in force now signed it for this purpose; else the fault.</summary>
    public static (ReadOnlyMemory<byte> Payload, PassFault Fault) Open(ReadOnlyMemory<byte> bytes, TrustList trust, ReadOnlySpan<byte> purpose, DateTimeOffset now)
    {
        if (bytes.Length > MaxLength) return (default, PassFault.TooLarge);
        var (parts, fault) = Sign1.Read(bytes);
        if (parts is null) return (default, fault);
        if (trust.Find(parts.Key, KeyUse.Lists) is not { } entry || now < entry.From - PassLimits.Tolerance) return (default, PassFault.UnknownKey);
        if (now >= entry.Until) return (default, PassFault.KeyEnded);
        using var key = Es256.Import(entry.PublicKeyInfo.Span);
        return key is not null && parts.IsSignedBy(key, purpose) ? (parts.Payload, default) : (default, PassFault.BadSignature);
    }

    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> purpose) => Sign1.Write(key, KeyId.Of(key), payload, purpose);

    /// <summary>What every list begins with: whose it is, from when, and which it is.</summary>
    public static void WriteHead(CborWriter writer, string issuer, DateTimeOffset issuedAt, long number)
    {
        writer.WriteInt32(IssuerClaim);
        writer.WriteTextString(issuer);
        writer.WriteInt32(IssuedAtClaim);
        writer.WriteInt64(issuedAt.ToUnixTimeSeconds());
        writer.WriteInt32(NumberClaim);
        writer.WriteInt64(number);
    }

    /// <summary>Throws on anything else, as the reader does: <see cref="Sign1.IsMalformed"/> knows it.</summary>
    public static (string Issuer, DateTimeOffset IssuedAt, long Number) ReadHead(CborReader reader)
    {
        PassClaims.Expect(reader, IssuerClaim);
        var issuer = reader.ReadTextString();
        PassClaims.Expect(reader, IssuedAtClaim);
        var issuedAt = PassClaims.ReadInstant(reader);
        PassClaims.Expect(reader, NumberClaim);
        return (issuer, issuedAt, checked((long)reader.ReadUInt64()));
    }
}
