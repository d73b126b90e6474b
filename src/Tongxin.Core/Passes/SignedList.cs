using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>Lists that devices carry travel in the envelope of a pass, without zlib and base45, each kind under a purpose of its own.</summary>
internal static class SignedList
{
    /// <summary>Bytes of a list. 100,000 revocations take 0.6 MB.</summary>
    public const int MaxLength = 4 << 20;

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
}
