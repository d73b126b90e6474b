using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>
/// COSE_Sign1 (RFC 9052, 4.2) in the one form that passes and lists take: tag 18, protected header {1: -7, 4: key id}, no unprotected
/// header, payload, 64 bytes of signature, shortest encodings throughout. Everything but the signature is signed or fixed.
/// </summary>
internal sealed record Sign1(KeyId Key, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Signature)
{
    private const int AlgorithmLabel = 1, KeyLabel = 4, AlgorithmEs256 = -7;
    private const int TagSign1 = 18;

    // D2 tag 18, 84 array of four, 4D thirteen bytes, A2 map of two, 01 26 algorithm ES256, 04 48 key id of eight bytes (then A0: nothing unprotected).
    private static readonly byte[] Opening = [0xD2, 0x84, 0x4D, 0xA2, 0x01, 0x26, 0x04, 0x48];

    // What is signed begins so: array of four, "Signature1", thirteen bytes of protected header (RFC 9052, 4.4).
    private static readonly byte[] SignedOpening = [0x84, 0x6A, .. "Signature1"u8, 0x4D, 0xA2, 0x01, 0x26, 0x04, 0x48];

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
        Span<byte> signed = stackalloc byte[SignedLength(payload.Length, purpose.Length) is var length && length <= 1024 ? length : 0];
        if (signed.Length == 0) signed = new byte[SignedLength(payload.Length, purpose.Length)];
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
        Span<byte> signed = stackalloc byte[SignedLength(payload.Length, purpose.Length) is var length && length <= 1024 ? length : 0];
        if (signed.Length == 0) signed = new byte[SignedLength(payload.Length, purpose.Length)];
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
            var (key, fault) = ReadHeader(reader.ReadDefiniteLengthByteString());
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

    // The algorithm is judged before the key id, so that "none" is called by its name also when it comes without a key.
    private static (KeyId Key, PassFault Fault) ReadHeader(ReadOnlyMemory<byte> header)
    {
        var reader = new CborReader(header, CborConformanceMode.Canonical);
        var algorithm = false;
        KeyId? key = null;
        var others = false;
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            var label = reader.PeekState() is CborReaderState.UnsignedInteger ? reader.ReadUInt64() : SkipLabel(reader);
            if (label == AlgorithmLabel && reader.PeekState() == CborReaderState.NegativeInteger) algorithm = reader.ReadInt64() == AlgorithmEs256;
            else if (label == KeyLabel && reader.ReadDefiniteLengthByteString() is { Length: KeyId.Length } id) key = KeyId.Read(id.Span);
            else
            {
                others |= label != AlgorithmLabel;
                if (label != KeyLabel) reader.SkipValue();
            }
        }

        reader.ReadEndMap();
        if (!algorithm) return (default, PassFault.WrongAlgorithm);
        return key is { } found && !others && reader.BytesRemaining == 0 ? (found, default) : (default, PassFault.BadStructure);
    }

    private static ulong SkipLabel(CborReader reader)
    {
        reader.SkipValue();
        return ulong.MaxValue;
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
