using System.Buffers.Binary;
using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Tongxin.Core.Passes;

/// <summary>
/// The passes withdrawn before their time: the first six bytes of the SHA-256 of each reference, in buckets by the hour in which the pass
/// would have ended anyway. A bucket whose hour is over is dropped, so the list stays as small as a week of withdrawals.
/// </summary>
/// <remarks>
/// Six bytes: with 100,000 withdrawals in one hour's bucket and 1,000,000 scans a day of passes of that hour, one wrong "revoked" in eight
/// years. docs/algorithms/passes.md compares this with a Bloom filter.
/// </remarks>
public sealed class RevocationList
{
    private const int PrefixLength = 6;
    private const int SecondsPerHour = 3600;
    private const int BucketsClaim = -65538;

    // Hour since 1970 in which the passes end, to the sorted prefixes.
    private readonly SortedDictionary<long, ulong[]> _buckets;

    private RevocationList(string issuer, long number, DateTimeOffset issuedAt, SortedDictionary<long, ulong[]> buckets) =>
        (Issuer, Number, IssuedAt, _buckets) = (issuer, number, issuedAt, buckets);

    /// <summary>Nothing is withdrawn.</summary>
    public static RevocationList Empty { get; } = new("", 0, DateTimeOffset.UnixEpoch, []);

    /// <summary>The place.</summary>
    public string Issuer { get; }

    /// <summary>Grows with every list.</summary>
    public long Number { get; }

    /// <summary>When it was made: a device says how old its list is.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>Withdrawn passes in it.</summary>
    public int Count => _buckets.Values.Sum(b => b.Length);

    /// <summary>The list of these passes; those that have ended by <paramref name="issuedAt"/> are left out.</summary>
    public static RevocationList Of(string issuer, long number, DateTimeOffset issuedAt, IEnumerable<(Guid Reference, DateTimeOffset ExpiresAt)> withdrawn) => new(issuer, number, issuedAt,
        new SortedDictionary<long, ulong[]>(withdrawn
            .Where(w => w.ExpiresAt > issuedAt)
            .GroupBy(w => HourOf(w.ExpiresAt), w => PrefixOf(w.Reference))
            .ToDictionary(g => g.Key, g => g.Distinct().Order().ToArray())));

    /// <summary>True when the pass was withdrawn; wrongly true once in 2.8·10¹⁴ for each entry of its hour.</summary>
    public bool Contains(Pass pass) => Contains(pass.Reference, pass.ExpiresAt);

    /// <summary>As <see cref="Contains(Pass)"/>, by what the list knows of a pass.</summary>
    public bool Contains(Guid reference, DateTimeOffset expiresAt) =>
        _buckets.TryGetValue(HourOf(expiresAt), out var bucket) && Array.BinarySearch(bucket, PrefixOf(reference)) >= 0;

    /// <summary>The list as devices fetch it, signed with a key for lists.</summary>
    public byte[] Sign(ECDsa key)
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(4);
        SignedList.WriteHead(writer, Issuer, IssuedAt, Number);
        writer.WriteInt32(BucketsClaim);
        writer.WriteStartMap(_buckets.Count);
        foreach (var (hour, prefixes) in _buckets)
        {
            writer.WriteInt64(hour);
            var bytes = new byte[prefixes.Length * PrefixLength];
            for (var i = 0; i < prefixes.Length; i++) WritePrefix(prefixes[i], bytes.AsSpan(i * PrefixLength));
            writer.WriteByteString(bytes);
        }

        writer.WriteEndMap();
        writer.WriteEndMap();
        return SignedList.Sign(key, writer.Encode(), SignedList.RevocationPurpose);
    }

    /// <summary>Reads the list that is to take the place of the one held.</summary>
    /// <returns>The new list, or the fault. A list older than the one held is <see cref="PassFault.Expired"/>.</returns>
    public static (RevocationList? List, PassFault Fault) Read(ReadOnlyMemory<byte> bytes, TrustList trust, RevocationList held, DateTimeOffset now)
    {
        var (payload, fault) = SignedList.Open(bytes, trust, SignedList.RevocationPurpose, now);
        if (fault != default) return (null, fault);
        if (Parse(payload) is not { } list || list.Issuer != trust.Issuer) return (null, PassFault.BadStructure);
        return list.Number < held.Number ? (null, PassFault.Expired) : (list, default);
    }

    private static RevocationList? Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            var reader = new CborReader(payload, CborConformanceMode.Ctap2Canonical);
            if (reader.ReadStartMap() != 4) return null;
            var (issuer, issuedAt, number) = SignedList.ReadHead(reader);
            PassClaims.Expect(reader, BucketsClaim);
            if (reader.ReadStartMap() is not { } count) return null;
            var buckets = new SortedDictionary<long, ulong[]>();
            for (var i = 0; i < count; i++)
            {
                var hour = checked((long)reader.ReadUInt64());
                if (ReadPrefixes(reader.ReadDefiniteLengthByteString().Span) is not { } prefixes) return null;
                buckets.Add(hour, prefixes);
            }

            reader.ReadEndMap();
            reader.ReadEndMap();
            return reader.BytesRemaining == 0 ? new RevocationList(issuer, number, issuedAt, buckets) : null;
        }
        catch (Exception e) when (Sign1.IsMalformed(e))
        {
            return null;
        }
    }

    // Sorted and each once, or a search would miss some.
    private static ulong[]? ReadPrefixes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % PrefixLength != 0) return null;
        var prefixes = new ulong[bytes.Length / PrefixLength];
        for (var i = 0; i < prefixes.Length; i++)
        {
            prefixes[i] = ReadPrefix(bytes[(i * PrefixLength)..]);
            if (i > 0 && prefixes[i] <= prefixes[i - 1]) return null;
        }

        return prefixes;
    }

    private static long HourOf(DateTimeOffset expiresAt) => expiresAt.ToUnixTimeSeconds() / SecondsPerHour;

    private static ulong PrefixOf(Guid reference)
    {
        Span<byte> bytes = stackalloc byte[16], hash = stackalloc byte[SHA256.HashSizeInBytes];
        reference.TryWriteBytes(bytes, bigEndian: true, out _);
        SHA256.HashData(bytes, hash);
        return ReadPrefix(hash);
    }

    private static ulong ReadPrefix(ReadOnlySpan<byte> bytes) => ((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);

    private static void WritePrefix(ulong prefix, Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(prefix >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)prefix);
    }
}
