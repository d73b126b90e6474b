using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>
/// COSE_Sign1 (RFC 9052, 4.2) in the one form that passes and lists take: tag 18, protected header {1: -7, 4: key id}, no unprotected
/// header, payload, 64 bytes of signature, shortest encodings throughout. Everything but the signature is signed or fixed.
/// </summary>
internal sealed record Sign1(KeyId Key, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Signature)
{
    private const int TagSign1 = 18;
    private const int OnStack = 1024;

    // A2 map of two, 01 26 algorithm ES256, 04 48 key id of eight bytes.
    private static readonly byte[] Header = [0xA2, 0x01, 0x26, 0x04, 0x48];

    // D2 tag 18, 84 array of four, 4D thirteen bytes of header.
    private static readonly byte[] Opening = [0xD2, 0x84, 0x4D, .. Header];

    // What is signed begins so: array of four, "Signature1", thirteen bytes of protected header (RFC 9052, 4.4).
    private static readonly byte[] SignedOpening = [0x84, 0x6A, .. "Signature1"u8, 0x4D, .. Header];

    /// <summary>Bytes that a payload of this length becomes.</summary>
    public static int LengthOf(int payload) => Opening.Length + KeyId.Length + 1 + HeadLength(payload) + payload + HeadLength(Es256.SignatureLength) + Es256.SignatureLength;

    /// <summary>Signs; <paramref name="message"/> must hold exactly <see cref="LengthOf"/> bytes.</summary>
    /// <param name="key">A private key on P-256.</param>
    /// <param name="id">What the protected header calls it.</param>
    /// <param name="payload">What is signed.</param>
    /// <param name="purpose">Signed along but not carried (external_aad), so that a signature for one purpose is none for another.</param>
    /// <param name="message">Where it goes.</param>
    public static void Write(ECDsa key, KeyId id, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> purpose, Span<byte> message)
    {
        var writer = new CborBytes(message);
        writer.Raw(Opening);
        id.Write(writer.Room(KeyId.Length));
        writer.Map(0);
        writer.Bytes(payload);
        writer.Head(2, Es256.SignatureLength);
        var length = SignedLength(payload.Length, purpose.Length);
        var signed = length <= OnStack ? stackalloc byte[length] : new byte[length];
        WriteSigned(id, payload, purpose, signed);
        Es256.Sign(key, signed, writer.Room(Es256.SignatureLength));
    }

    /// <summary>Signs and gives the message.</summary>
    public static byte[] Write(ECDsa key, KeyId id, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> purpose)
    {
        var message = new byte[LengthOf(payload.Length)];
        Write(key, id, payload, purpose, message);
        return message;
    }

    /// <summary>True when the key signed this for this purpose.</summary>
    public bool IsSignedBy(ECDsa key, ReadOnlySpan<byte> purpose)
    {
        var payload = Payload.Span;
        var length = SignedLength(payload.Length, purpose.Length);
        var signed = length <= OnStack ? stackalloc byte[length] : new byte[length];
        WriteSigned(Key, payload, purpose, signed);
        return Es256.Verify(key, signed, Signature.Span);
    }

    /// <summary>Takes a message apart; says nothing yet about its signature.</summary>
    /// <returns>The parts, or the fault: <see cref="PassFault.BadStructure"/> or <see cref="PassFault.WrongAlgorithm"/>.</returns>
    public static (Sign1? Parts, PassFault Fault) Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            // Canonical, not CTAP2: that one knows no tags.
            var reader = new CborReader(message, CborConformanceMode.Canonical);
            if (reader.ReadTag() != (CborTag)TagSign1 || reader.ReadStartArray() != 4) return (null, PassFault.BadStructure);
            var (key, fault) = ReadHeader(reader.ReadDefiniteLengthByteString().Span);
            if (fault != default) return (null, fault);
            if (reader.ReadStartMap() != 0) return (null, PassFault.BadStructure);
            reader.ReadEndMap();
            var payload = reader.ReadDefiniteLengthByteString();
            var signature = reader.ReadDefiniteLengthByteString();
            reader.ReadEndArray();
            if (reader.BytesRemaining > 0) return (null, PassFault.BadStructure);
            return signature.Length == Es256.SignatureLength ? (new Sign1(key, payload, signature), default) : (null, PassFault.BadSignature);
        }
        catch (Exception e) when (IsMalformed(e))
        {
            return (null, PassFault.BadStructure);
        }
    }

    /// <summary>What <see cref="CborReader"/> throws at bytes that are not what is asked for.</summary>
    public static bool IsMalformed(Exception e) => e is CborContentException or InvalidOperationException or OverflowException;

    // One header is right. Of the others, a map that does not begin with the algorithm ES256 (in deterministic order it would) is called by that.
    private static (KeyId Key, PassFault Fault) ReadHeader(ReadOnlySpan<byte> header)
    {
        if (header.Length == Header.Length + KeyId.Length && header.StartsWith(Header)) return (KeyId.Read(header[Header.Length..]), default);
        var isMap = header.Length == 0 || header[0] is >= 0xA0 and <= 0xB7;
        return (default, isMap && (header.Length < 3 || header[1] != Header[1] || header[2] != Header[2]) ? PassFault.WrongAlgorithm : PassFault.BadStructure);
    }

    private static int SignedLength(int payload, int purpose) => SignedOpening.Length + KeyId.Length + HeadLength(purpose) + purpose + HeadLength(payload) + payload;

    private static void WriteSigned(KeyId id, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> purpose, Span<byte> signed)
    {
        var writer = new CborBytes(signed);
        writer.Raw(SignedOpening);
        id.Write(writer.Room(KeyId.Length));
        writer.Bytes(purpose);
        writer.Bytes(payload);
    }

    private static int HeadLength(int length) => CborBytes.HeadLength((uint)length);
}
