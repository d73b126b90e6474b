using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tongxin.Platform.Journal;

/// <summary>
/// How an entry is bound to its forerunner: SHA-256 over the previous hash and every field of the entry, each with its
/// length before it, so that no two different entries have the same bytes. Changing this form breaks every old chain.
/// </summary>
internal static class JournalChain
{
    /// <summary>What stands before the first entry.</summary>
    public static readonly byte[] Start = SHA256.HashData("tongxin-journal-1"u8);

    public static byte[] Hash(ReadOnlySpan<byte> previous, long position, JournalEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Number(hash, position);
        Id(hash, entry.Id);
        Number(hash, entry.At.UtcTicks / TimeSpan.TicksPerMicrosecond);
        Id(hash, entry.AccountId);
        Id(hash, entry.PersonId);
        Text(hash, entry.Action);
        Text(hash, entry.SubjectKind);
        Id(hash, entry.SubjectId);
        Text(hash, entry.Why);
        Text(hash, entry.Details);
        return hash.GetHashAndReset();
    }

    private static void Number(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        hash.AppendData(bytes);
    }

    private static void Id(IncrementalHash hash, Guid? id)
    {
        Number(hash, id is null ? -1 : 16);
        if (id is not { } value) return;
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        hash.AppendData(bytes);
    }

    private static void Text(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            Number(hash, -1);
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(hash, bytes.Length);
        hash.AppendData(bytes);
    }
}
