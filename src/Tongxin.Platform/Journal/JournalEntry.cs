using Tongxin.Platform.Access;

namespace Tongxin.Platform.Journal;

/// <summary>
/// One line of the journal: who, when, what, why. Written once with the change itself; the sealer later gives it its
/// place in the chain, and nothing ever changes it again.
/// </summary>
internal sealed class JournalEntry
{
    private JournalEntry() { }

    public Guid Id { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid AccountId { get; private set; }
    public Guid? PersonId { get; private set; }
    public string Action { get; private set; } = "";
    public string SubjectKind { get; private set; } = "";
    public Guid? SubjectId { get; private set; }
    public string? Why { get; private set; }

    /// <summary>JSON: ids, counts, field names. No names or numbers of persons.</summary>
    public string? Details { get; private set; }

    /// <summary>Place in the chain, from 1; null until sealed.</summary>
    public long? Position { get; private set; }

    /// <summary>SHA-256 over the previous hash and this entry; null until sealed.</summary>
    public byte[]? Hash { get; private set; }

    public static JournalEntry Write(
        DateTimeOffset at, Actor actor, string action, string subjectKind, Guid? subjectId, string? why, string? details) => new()
        {
            Id = Ids.New(),
            // Whole microseconds: what PostgreSQL keeps, so that the hash is the same when read back.
            At = new DateTimeOffset(at.UtcTicks / 10 * 10, TimeSpan.Zero),
            AccountId = actor.AccountId,
            PersonId = actor.PersonId,
            Action = action,
            SubjectKind = subjectKind,
            SubjectId = subjectId,
            Why = why,
            Details = details,
        };

    public void Seal(long position, byte[] hash)
    {
        if (Position is not null) throw new InvalidOperationException("An entry is sealed once.");
        (Position, Hash) = (position, hash);
    }
}
