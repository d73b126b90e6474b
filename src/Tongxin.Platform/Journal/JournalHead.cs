using System.Security.Cryptography;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Journal;

/// <summary>
/// How long the chain is and where it ends, signed with the installation's key: whoever cuts the tail off cannot make a
/// head that fits. The row is also the lock that lets one node seal at a time.
/// </summary>
internal sealed class JournalHead : IBookkeeping
{
    public const int OnlyId = 1;

    private JournalHead() { }

    public int Id { get; private set; }
    public long Count { get; private set; }
    public byte[] Hash { get; private set; } = [];
    public byte[] Mac { get; private set; } = [];
    public DateTimeOffset SealedAt { get; private set; }

    public static JournalHead Start(SecretBox box, DateTimeOffset at)
    {
        var head = new JournalHead { Id = OnlyId };
        head.Move(0, JournalChain.Start, box, at);
        return head;
    }

    public void Move(long count, byte[] hash, SecretBox box, DateTimeOffset at) =>
        (Count, Hash, Mac, SealedAt) = (count, hash, Sign(box, count, hash), at);

    public bool IsGenuine(SecretBox box) => CryptographicOperations.FixedTimeEquals(Mac, Sign(box, Count, Hash));

    private static byte[] Sign(SecretBox box, long count, byte[] hash) =>
        box.Index("platform.journal.head", $"{count}:{Convert.ToHexString(hash)}") ?? [];
}
