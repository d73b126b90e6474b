using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Tongxin.Core.Passes.Conformance;

/// <summary>
/// COSE_Sign1 as others write it: tagged or not, also as a CWT, headers on either side, any length of encoding. The reader of passes
/// takes none of this; it is for holding our arithmetic against published vectors.
/// </summary>
internal sealed record OpenSign1(ReadOnlyMemory<byte> Protected, int? Algorithm, byte[]? ProtectedKey, byte[]? UnprotectedKey, byte[]? Payload, byte[] Signature)
{
    private const ulong TagSign1 = 18, TagCwt = 61;

    /// <summary>The key id that counts: the protected one where there is one.</summary>
    public byte[]? Key => ProtectedKey ?? UnprotectedKey;

    public static OpenSign1? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            var reader = new CborReader(message, CborConformanceMode.Lax);
            if (reader.PeekState() == CborReaderState.Tag && reader.PeekTag() == (CborTag)TagCwt) reader.ReadTag();
            if (reader.PeekState() == CborReaderState.Tag && reader.ReadTag() != (CborTag)TagSign1) return null;
            reader.ReadStartArray();
            ReadOnlyMemory<byte> header = reader.ReadByteString();
            var inner = header.Length == 0 ? null : new CborReader(header, CborConformanceMode.Lax);
            var (protectedEntries, protectedAlgorithm, protectedKey) = inner is null ? (0, null, null) : ReadHeader(inner);
            var (_, unprotectedAlgorithm, unprotectedKey) = ReadHeader(reader);
            byte[]? payload = null;
            if (reader.PeekState() == CborReaderState.Null) reader.ReadNull();
            else payload = reader.ReadByteString();
            var signature = reader.ReadByteString();
            reader.ReadEndArray();
            if (reader.BytesRemaining > 0) return null;
            // A protected header without entries is signed as no bytes, however it is written (RFC 9052, 3).
            return new OpenSign1(protectedEntries == 0 ? default : header, protectedAlgorithm ?? unprotectedAlgorithm, protectedKey, unprotectedKey, payload, signature);
        }
        catch (Exception e) when (Sign1.IsMalformed(e))
        {
            return null;
        }
    }

    /// <summary>True when the key signed this payload; for a payload that is carried elsewhere, give it.</summary>
    public bool IsSignedBy(AsymmetricAlgorithm key, byte[]? external = null, byte[]? detached = null)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(Protected.Span);
        writer.WriteByteString(external ?? []);
        writer.WriteByteString(Payload ?? detached ?? []);
        writer.WriteEndArray();
        var signed = writer.Encode();
        try
        {
            return (key, Algorithm) switch
            {
                (ECDsa ec, -7) => Verify(ec, HashAlgorithmName.SHA256),
                (ECDsa ec, -35) => Verify(ec, HashAlgorithmName.SHA384),
                (ECDsa ec, -36) => Verify(ec, HashAlgorithmName.SHA512),
                (RSA rsa, -37) => rsa.VerifyData(signed, Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
                (RSA rsa, -38) => rsa.VerifyData(signed, Signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
                (RSA rsa, -39) => rsa.VerifyData(signed, Signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }

        bool Verify(ECDsa ec, HashAlgorithmName hash) => ec.VerifyData(signed, Signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static (int Entries, int? Algorithm, byte[]? Key) ReadHeader(CborReader reader)
    {
        int? algorithm = null;
        byte[]? key = null;
        var entries = 0;
        reader.ReadStartMap();
        for (; reader.PeekState() != CborReaderState.EndMap; entries++)
        {
            var label = reader.PeekState() == CborReaderState.UnsignedInteger ? reader.ReadUInt64() : 0;
            if (label == 0) reader.SkipValue();
            switch (label, reader.PeekState())
            {
                case (1, CborReaderState.NegativeInteger):
                    algorithm = reader.ReadInt32();
                    break;
                case (4, CborReaderState.ByteString):
                    key = reader.ReadByteString();
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }

        reader.ReadEndMap();
        return (entries, algorithm, key);
    }
}
