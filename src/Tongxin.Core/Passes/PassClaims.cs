using System.Formats.Cbor;
using Tongxin.Core.Protocols;

namespace Tongxin.Core.Passes;

/// <summary>
/// The payload of a pass: a CWT claims set (RFC 8392) whose own content stands under one claim of the private range. Every claim is
/// known and every encoding the shortest, so one pass has one payload. docs/algorithms/passes.md has the table.
/// </summary>
internal static class PassClaims
{
    private const int Issuer = 1, ExpiresAt = 4, IssuedAt = 6, Reference = 7, Content = -65537;
    private const int Name = 1, ColourOf = 2, Reason = 3, Edition = 4, Photo = 5;
    private const int ReferenceLength = 16;

    /// <summary>Writes the payload; 512 bytes hold any. Keys are written in their order.</summary>
    public static ReadOnlySpan<byte> Write(Pass pass, Span<byte> buffer)
    {
        var writer = new CborBytes(buffer);
        writer.Map(5);
        writer.Integer(Issuer);
        writer.Text(pass.Issuer);
        writer.Integer(ExpiresAt);
        writer.Integer(pass.ExpiresAt.ToUnixTimeSeconds());
        writer.Integer(IssuedAt);
        writer.Integer(pass.IssuedAt.ToUnixTimeSeconds());
        writer.Integer(Reference);
        writer.Head(2, ReferenceLength);
        pass.Reference.TryWriteBytes(writer.Room(ReferenceLength), bigEndian: true, out _);
        writer.Integer(Content);
        writer.Map(3 + (pass.Edition is null ? 0 : 1) + (pass.Photo is null ? 0 : 1));
        writer.Integer(Name);
        writer.Text(pass.Name);
        writer.Integer(ColourOf);
        writer.Integer((int)pass.Colour);
        writer.Integer(Reason);
        writer.Integer((int)pass.Reason);
        if (pass.Edition is { } edition)
        {
            writer.Integer(Edition);
            writer.Text(edition);
        }

        if (pass.Photo is { } photo)
        {
            writer.Integer(Photo);
            writer.Head(2, PassLimits.PhotoHash);
            photo.Write(writer.Room(PassLimits.PhotoHash));
        }

        return buffer[..writer.Length];
    }

    /// <summary>The pass, or null when these are not the claims of one.</summary>
    public static Pass? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var reader = new CborReader(payload, CborConformanceMode.Ctap2Canonical);
            if (reader.ReadStartMap() != 5) return null;
            // The order of keys is fixed too, so they are read in it.
            Expect(reader, Issuer);
            var issuer = reader.ReadTextString();
            Expect(reader, ExpiresAt);
            var expiresAt = ReadInstant(reader);
            Expect(reader, IssuedAt);
            var issuedAt = ReadInstant(reader);
            Expect(reader, Reference);
            var reference = reader.ReadDefiniteLengthByteString();
            Expect(reader, Content);
            if (reference.Length != ReferenceLength || reader.ReadStartMap() is not ({ } entries and >= 3)) return null;
            Expect(reader, Name);
            var name = reader.ReadTextString();
            Expect(reader, ColourOf);
            var colour = reader.ReadUInt32();
            Expect(reader, Reason);
            var reason = reader.ReadUInt32();
            string? edition = null;
            PhotoHash? photo = null;
            while (reader.PeekState() != CborReaderState.EndMap)
            {
                switch (reader.ReadInt32())
                {
                    case Edition:
                        edition = reader.ReadTextString();
                        break;
                    case Photo when reader.ReadDefiniteLengthByteString() is { Length: PassLimits.PhotoHash } hash:
                        photo = PhotoHash.Read(hash.Span);
                        break;
                    default:
                        return null;
                }
            }

            reader.ReadEndMap();
            reader.ReadEndMap();
            if (reader.BytesRemaining > 0 || colour > (uint)Colour.Red || reason > (uint)PassReason.Measure) return null;
            var pass = new Pass
            {
                Issuer = issuer,
                Reference = new Guid(reference.Span, bigEndian: true),
                Name = name,
                Colour = (Colour)colour,
                Reason = (PassReason)reason,
                Edition = edition,
                Photo = photo,
                IssuedAt = issuedAt,
                ExpiresAt = expiresAt,
            };
            return pass.IsSound() ? pass : null;
        }
        catch (Exception e) when (Sign1.IsMalformed(e))
        {
            return null;
        }
    }

    internal static DateTimeOffset ReadInstant(CborReader reader)
    {
        var seconds = reader.ReadUInt64();
        // The year 9999 is as far as clocks here go.
        return seconds <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : throw new OverflowException();
    }

    internal static void Expect(CborReader reader, int label)
    {
        if (reader.ReadInt32() != label) throw new CborContentException("Another claim was expected.");
    }
}
