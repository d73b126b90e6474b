using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>What a key may sign.</summary>
public enum KeyUse
{
    /// <summary>Passes.</summary>
    Passes = 1,

    /// <summary>Trust lists and revocation lists.</summary>
    Lists = 2,
}

/// <summary>One key of a trust list.</summary>
/// <param name="Use">What it may sign.</param>
/// <param name="PublicKeyInfo">SubjectPublicKeyInfo (DER) of a key on P-256.</param>
/// <param name="From">It counts from this second, less the tolerance for clocks.</param>
/// <param name="Until">The first second at which nothing it signed counts any more, whenever it was signed: for a planned end, the end of its last pass.</param>
public sealed record TrustedKey(KeyUse Use, ReadOnlyMemory<byte> PublicKeyInfo, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>The key's id.</summary>
    public KeyId Id { get; } = KeyId.Of(PublicKeyInfo.Span);
}

/// <summary>
/// The keys a device believes. The first list is handed over at enrolment; every later one must be signed by a key for lists of the one
/// held, and must not be older, so a device that comes back after weeks needs no other source of trust than what it has.
/// </summary>
/// <param name="Issuer">The place.</param>
/// <param name="Number">Grows with every list.</param>
/// <param name="IssuedAt">When it was made.</param>
/// <param name="Keys">At most 64.</param>
public sealed record TrustList(string Issuer, long Number, DateTimeOffset IssuedAt, IReadOnlyList<TrustedKey> Keys)
{
    private const int MostKeys = 64;
    private const int KeysClaim = -65538;

    /// <summary>The key with this id and use.</summary>
    public TrustedKey? Find(KeyId id, KeyUse use) => Keys.FirstOrDefault(k => k.Id == id && k.Use == use);

    /// <summary>The list as devices fetch it, signed with a key for lists that the list before it holds.</summary>
    public byte[] Sign(ECDsa key)
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(4);
        SignedList.WriteHead(writer, Issuer, IssuedAt, Number);
        writer.WriteInt32(KeysClaim);
        writer.WriteStartArray(Keys.Count);
        foreach (var trusted in Keys)
        {
            writer.WriteStartArray(4);
            writer.WriteInt32((int)trusted.Use);
            writer.WriteByteString(trusted.PublicKeyInfo.Span);
            writer.WriteInt64(trusted.From.ToUnixTimeSeconds());
            writer.WriteInt64(trusted.Until.ToUnixTimeSeconds());
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndMap();
        return SignedList.Sign(key, writer.Encode(), SignedList.TrustPurpose);
    }

    /// <summary>Reads the list that is to take the place of the one held.</summary>
    /// <param name="bytes">As fetched.</param>
    /// <param name="held">The list that is trusted so far.</param>
    /// <param name="now">This clock's now.</param>
    /// <returns>The new list, or the fault. A list older than the one held is <see cref="PassFault.Expired"/>.</returns>
    public static (TrustList? List, PassFault Fault) Read(ReadOnlyMemory<byte> bytes, TrustList held, DateTimeOffset now)
    {
        var (payload, fault) = SignedList.Open(bytes, held, SignedList.TrustPurpose, now);
        if (fault != default) return (null, fault);
        if (Parse(payload) is not { } list || list.Issuer != held.Issuer) return (null, PassFault.BadStructure);
        return list.Number < held.Number ? (null, PassFault.Expired) : (list, default);
    }

    /// <summary>Reads the first list a device gets, over a connection that is trusted: it must be signed by a key for lists of its own.</summary>
    public static (TrustList? List, PassFault Fault) ReadFirst(ReadOnlyMemory<byte> bytes, DateTimeOffset now)
    {
        if (bytes.Length > SignedList.MaxLength) return (null, PassFault.TooLarge);
        var (parts, fault) = Sign1.Read(bytes);
        if (parts is null) return (null, fault);
        return Parse(parts.Payload) is { } list ? Read(bytes, list, now) : (null, PassFault.BadStructure);
    }

    private static TrustList? Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var reader = new CborReader(payload, CborConformanceMode.Ctap2Canonical);
            if (reader.ReadStartMap() != 4) return null;
            var (issuer, issuedAt, number) = SignedList.ReadHead(reader);
            PassClaims.Expect(reader, KeysClaim);
            if (reader.ReadStartArray() is not { } count || count > MostKeys) return null;
            var keys = new List<TrustedKey>(count);
            for (var i = 0; i < count; i++)
            {
                if (reader.ReadStartArray() != 4) return null;
                var use = (KeyUse)reader.ReadUInt32();
                var publicKey = reader.ReadByteString();
                var from = PassClaims.ReadInstant(reader);
                var until = PassClaims.ReadInstant(reader);
                reader.ReadEndArray();
                if (!Enum.IsDefined(use) || until <= from) return null;
                keys.Add(new TrustedKey(use, publicKey, from, until));
            }

            reader.ReadEndArray();
            reader.ReadEndMap();
            return reader.BytesRemaining == 0 ? new TrustList(issuer, number, issuedAt, keys) : null;
        }
        catch (Exception e) when (Sign1.IsMalformed(e))
        {
            return null;
        }
    }
}
