using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Gates.Retention;

/// <summary>删除证明: one night's deletion. Made before the first row goes, so that a stop in the middle is seen and taken up again.</summary>
internal sealed class Deletion : IVersioned
{
    private Deletion() { }

    public Guid Id { get; private set; }

    /// <summary>The campus day whose night it is: once for each.</summary>
    public DateOnly Day { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>Whatever was seen before this instant went.</summary>
    public DateTimeOffset Before { get; private set; }

    /// <summary>The oldest and the youngest passage that went.</summary>
    public DateTimeOffset? OldestAt { get; private set; }
    public DateTimeOffset? YoungestAt { get; private set; }
    public int Passages { get; private set; }
    public int Notes { get; private set; }
    public int Uses { get; private set; }

    /// <summary>Ended permits of which nobody knows any more whose they were; null in nights before there was this.</summary>
    public int? Permits { get; private set; }

    /// <summary>Records of returns that went.</summary>
    public int? Returns { get; private set; }

    /// <summary>Older ones that stay, tied to a case or to an emergency with open papers.</summary>
    public int Kept { get; private set; }

    /// <summary>SHA-256, chained over the batches of all that went: the last hash and the ids of a batch in order give the next. Proves which, and tells none.</summary>
    public byte[] Hash { get; private set; } = [];
    public int Version { get; private set; }

    public static Deletion Begin(DateOnly day, DateTimeOffset dueAt, DateTimeOffset before, DateTimeOffset at) =>
        new() { Id = Ids.New(), Day = day, DueAt = dueAt, Before = before, StartedAt = at, Permits = 0, Returns = 0, Hash = new byte[32] };

    public void Batch(int passages, int notes, int uses, DateTimeOffset oldest, DateTimeOffset youngest, byte[] hash)
    {
        Passages += passages;
        Notes += notes;
        Uses += uses;
        OldestAt = OldestAt is { } known && known < oldest ? known : oldest;
        YoungestAt = YoungestAt is { } last && last > youngest ? last : youngest;
        Hash = hash;
    }

    public void Sweep(SweptKind kind, int count, byte[] hash)
    {
        if (kind == SweptKind.Permits) Permits = (Permits ?? 0) + count;
        else Returns = (Returns ?? 0) + count;
        Hash = hash;
    }

    public void Done(int notes, int uses, int kept, DateTimeOffset at)
    {
        Notes += notes;
        Uses += uses;
        (Kept, DoneAt) = (kept, at);
    }

    /// <summary>How late it began.</summary>
    public TimeSpan Late => StartedAt - DueAt;
}
